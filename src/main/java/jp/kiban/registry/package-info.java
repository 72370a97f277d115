/// ベース・レジストリ. What the platform keeps and serves for everybody: corporations, real estate, postal codes, addresses. Each registry
/// has one keeper; its items carry where they come from, can be asked for as of a day and as it was known then, are corrected by
/// telling the keeper (never by a silent local edit), and are published with their changes where that is lawful.
@NullMarked
@ApplicationModule(displayName = "registry ベース・レジストリ")
package jp.kiban.registry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
