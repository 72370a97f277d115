package jp.kiban.address;

/// 代表点. Latitude and longitude in degrees (JGD2011), and of what: `of` is the level of the thing whose point it is, which may be
/// coarser than the level of the match.
public record Position(double latitude, double longitude, AddressLevel of) {}
