package dev.redisaccess.operator.verification;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Signs ServiceAccount tokens as a cluster does, with a key made for one test. */
final class ClusterKeys {

    private final KeyPair keys;

    ClusterKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
    }

    /** Writes the public key as a JSON Web Key Set (RFC 7517). */
    Path writeKeySet(Path directory) throws IOException {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return Files.writeString(
                directory.resolve("jwks.json"),
                "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"cluster\",\"n\":\""
                        + number(key.getModulus()) + "\",\"e\":\"" + number(key.getPublicExponent()) + "\"}]}");
    }

    /** A token of a ServiceAccount for Entra, good for ten minutes. */
    String token(String issuer, String subject) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String text = base64("{\"alg\":\"RS256\",\"kid\":\"cluster\"}") + "."
                + base64("{\"iss\":\"" + issuer + "\",\"sub\":\"" + subject
                        + "\",\"aud\":[\"api://AzureADTokenExchange\"],\"iat\":" + now + ",\"nbf\":" + now + ",\"exp\":"
                        + (now + 600) + "}");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + base64(signature.sign());
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
