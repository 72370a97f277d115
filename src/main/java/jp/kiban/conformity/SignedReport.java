package jp.kiban.conformity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// 署名付き報告書. A report as JWS (RFC 7515, compact, ES256), signed with an EC key of the curve P-256. Whoever has the public
/// key (JWK, RFC 7517) can tell that not a letter was changed; keys are named by their thumbprint (RFC 7638).
final class SignedReport {
    private static final JOSEObjectType TYPE = new JOSEObjectType("kiban-conformity+jws");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SignedReport() {}

    /// 署名の確かめ. What the check of a signature says; only `Good` says that the report is what was signed.
    sealed interface Checked {
        /// For pages.
        boolean good();

        /// For pages: empty when it is good.
        String why();

        record Good(JsonNode report, String key) implements Checked {
            @Override
            public boolean good() { return true; }

            @Override
            public String why() { return ""; }
        }

        record Bad(String why) implements Checked {
            @Override
            public boolean good() { return false; }
        }
    }

    static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// A private key as JWK; `Trouble` with what is wrong with it.
    static ECKey privateKey(String jwk, String from) {
        try {
            if (JWK.parse(jwk.strip()) instanceof ECKey key && key.isPrivate() && Curve.P_256.equals(key.getCurve()))
                return new ECKey.Builder(key).keyIDFromThumbprint().build();
        } catch (ParseException | JOSEException | IllegalArgumentException broken) {
            throw new Trouble(Trouble.Kind.CANNOT, from + " holds no key: " + broken.getMessage());
        }
        throw new Trouble(Trouble.Kind.CANNOT, from + " is no private EC key of the curve P-256 (JWK)");
    }

    static String sign(String report, ECKey key) {
        try {
            var signed = new JWSObject(new JWSHeader.Builder(JWSAlgorithm.ES256).type(TYPE)
                    .keyID(key.computeThumbprint().toString()).build(), new Payload(report));
            signed.sign(new ECDSASigner(key));
            return signed.serialize();
        } catch (JOSEException failed) {
            throw new Trouble(Trouble.Kind.CANNOT, "the report cannot be signed: " + failed.getMessage());
        }
    }

    /// Public keys: one JWK, or a set of them.
    static List<ECKey> publicKeys(String jwks, String from) {
        try {
            var node = JSON.readTree(jwks);
            var keys = node.has("keys")
                    ? JWKSet.parse(jwks).getKeys()
                    : List.of(JWK.parse(jwks.strip()));
            var ours = keys.stream().filter(ECKey.class::isInstance).map(ECKey.class::cast)
                    .filter(k -> Curve.P_256.equals(k.getCurve())).toList();
            if (!ours.isEmpty())
                return ours;
        } catch (ParseException | JacksonException | IllegalArgumentException broken) {
            throw new Trouble(Trouble.Kind.CANNOT, from + " holds no keys: " + firstLine(broken.getMessage()));
        }
        throw new Trouble(Trouble.Kind.CANNOT, from + " holds no EC key of the curve P-256");
    }

    private static String firstLine(@org.jspecify.annotations.Nullable String words) {
        return words == null ? "not JSON" : words.lines().findFirst().orElse("not JSON");
    }

    static Checked check(String signed, List<ECKey> keys) {
        JWSObject jws;
        try {
            jws = JWSObject.parse(signed.strip());
        } catch (ParseException | IllegalArgumentException broken) {
            return new Checked.Bad("not a signed report (a JWS of three parts with points between): "
                    + firstLine(broken.getMessage()));
        }
        if (!JWSAlgorithm.ES256.equals(jws.getHeader().getAlgorithm()) || !TYPE.equals(jws.getHeader().getType()))
            return new Checked.Bad("not signed as a conformity report is (" + jws.getHeader().getAlgorithm() + ", "
                    + jws.getHeader().getType() + ")");
        try {
            Optional<ECKey> by = Optional.empty();
            for (var key : keys)
                if (key.computeThumbprint().toString().equals(jws.getHeader().getKeyID()))
                    by = Optional.of(key);
            if (by.isEmpty())
                return new Checked.Bad("signed with a key that is not among those given: "
                        + jws.getHeader().getKeyID());
            if (!jws.verify(new ECDSAVerifier(by.get().toECPublicKey())))
                return new Checked.Bad("the signature does not fit: the report was changed after it was signed");
            var report = JSON.readTree(jws.getPayload().toString());
            if (!report.path("report").asString("").startsWith("kiban-conformity-report/"))
                return new Checked.Bad("what was signed is no conformity report");
            return new Checked.Good(report, jws.getHeader().getKeyID());
        } catch (JOSEException | JacksonException broken) {
            return new Checked.Bad("the signature cannot be checked: " + firstLine(broken.getMessage()));
        }
    }
}
