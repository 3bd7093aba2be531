package dev.redisaccess.emulator.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The keys that sign tokens. The newest signs; older ones still verify, as Entra's do for some time. */
public final class SigningKeys {

    private static final int BITS = 2048;
    private static final int KEPT = 3;

    private final List<RSAKey> newestFirst = new ArrayList<>();

    private final Supplier<RSAKey> source;

    public SigningKeys() {
        this(SigningKeys::generate);
    }

    /** @param source returns a new key at every call */
    public SigningKeys(Supplier<RSAKey> source) {
        this.source = source;
        rotate();
    }

    /** Creates a key; this takes a tenth of a second or more. */
    public static RSAKey generate() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyID(UUID.randomUUID().toString().replace("-", ""))
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("This JVM cannot create RSA keys.", e);
        }
    }

    /** Replaces the signing key. */
    public synchronized void rotate() {
        newestFirst.add(0, source.get());
        if (newestFirst.size() > KEPT) {
            newestFirst.remove(KEPT);
        }
    }

    synchronized RSAKey current() {
        return newestFirst.get(0);
    }

    synchronized Optional<RSAKey> find(String keyId) {
        return newestFirst.stream().filter(key -> key.getKeyID().equals(keyId)).findFirst();
    }

    /** The public keys. */
    synchronized JWKSet published() {
        return new JWKSet(newestFirst.stream()
                .map(RSAKey::toPublicJWK)
                .map(JWK.class::cast)
                .toList());
    }
}
