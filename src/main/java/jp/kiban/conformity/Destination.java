package jp.kiban.conformity;

import java.net.InetAddress;
import java.util.List;

/// 検査の行き先. A target that was looked up and may be called.
///
/// @param shown as reports and pages name it
/// @param base where paths are put behind
/// @param addresses what the name meant when it was looked up; no other is called
/// @param self this house itself
record Destination(String shown, String base, String host, int port, boolean tls, List<InetAddress> addresses,
        boolean self) {}
