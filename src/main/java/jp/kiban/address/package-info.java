/// 住所. Written addresses and the places they mean: the compiled dictionary, the matcher, the verbs `addresses build` and
/// `addresses match`. Pure Java: usable as a library without the server, without a database and without Spring.
@NullMarked
@ApplicationModule(displayName = "address 住所")
package jp.kiban.address;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
