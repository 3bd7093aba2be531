package dev.redisaccess.operator.azure;

import com.azure.core.credential.TokenCredential;
import dev.redisaccess.emulator.Emulator;
import dev.redisaccess.emulator.config.ConfigFile;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.TenantId;
import dev.redisaccess.operator.binding.port.Telemetry;
import dev.redisaccess.operator.tls.TrustedAuthorities;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** A local Azure with one database, and the operator's own identity in it: a workload identity with a real signed token. */
final class EmulatedAzure implements AutoCloseable {

    private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
    private static final String SUBJECT = "system:serviceaccount:redis-access-system:redis-access-operator";
    private static final TenantId TENANT = new TenantId("11111111-1111-1111-1111-111111111111");
    private static final ClientId OPERATOR = new ClientId("55555555-5555-5555-5555-555555555555");

    final Emulator emulator;
    final Subscriptions subscriptions = new Subscriptions(Clock.systemUTC(), Telemetry.NONE);
    final ArmControlPlane controlPlane;

    EmulatedAzure(Path directory, String more) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        Path jwks = Files.writeString(directory.resolve("jwks.json"), jwks((RSAPublicKey) keys.getPublic()));
        Path token = Files.writeString(directory.resolve("token"), signed(keys));
        emulator = Emulator.start(ConfigFile.parse(config(jwks, more)), directory.resolve("state"));
        HttpClient http = HttpClient.newBuilder()
                .sslContext(TrustedAuthorities.withBundle(
                                Path.of(emulator.endpoints().caFile()))
                        .sslContext())
                .build();
        TokenCredential credential = new OperatorCredential(
                        OperatorCredential.Kind.WORKLOAD_IDENTITY,
                        Optional.of(URI.create(emulator.endpoints().authority())),
                        Optional.of(TENANT),
                        Optional.of(OPERATOR),
                        Optional.of(token))
                .build(AzureHttp.forEntra(http, Clock.systemUTC()));
        ArmEndpoint endpoint = new ArmEndpoint(URI.create(emulator.endpoints().arm()));
        controlPlane = new ArmControlPlane(
                credential, endpoint, AzureHttp.forArm(http, Clock.systemUTC()), subscriptions, Clock.systemUTC());
    }

    /** Requests to ARM that changed something, tried to, or read, by method, on assignments or below. */
    long count(String method) {
        return emulator.requestLog().entries().stream()
                .filter(entry -> entry.service().equals("arm"))
                .filter(entry -> entry.method().equals(method))
                .filter(entry -> entry.path().contains("accessPolicyAssignments/"))
                .count();
    }

    @Override
    public void close() {
        emulator.close();
    }

    private static String config(Path jwks, String more) {
        return String.join(
                "\n",
                "tenantId: " + TENANT,
                "pageSize: 7",
                "issuers:",
                "  - {issuer: '" + ISSUER + "', keys: '" + jwks + "'}",
                "clusters:",
                "  - resourceId: " + Samples.ORDERS.clusterPath(),
                "    databases:",
                "      - {clusteringPolicy: NoCluster, accessKeysAuthentication: Enabled}",
                "identities:",
                "  - resourceId: /subscriptions/" + Samples.SUBSCRIPTION + "/resourceGroups/shop/providers/"
                        + "Microsoft.ManagedIdentity/userAssignedIdentities/operator",
                "    clientId: " + OPERATOR,
                "    principalId: 66666666-6666-6666-6666-666666666666",
                "    federatedCredentials:",
                "      - {name: operator, issuer: '" + ISSUER + "', subject: '" + SUBJECT + "'}",
                "    roles:",
                "      - {scope: " + Samples.ORDERS.clusterPath() + ", role: Redis Access Operator}",
                more);
    }

    private static String jwks(RSAPublicKey key) {
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"one\",\"n\":\""
                + base64(unsigned(key.getModulus())) + "\",\"e\":\"" + base64(unsigned(key.getPublicExponent()))
                + "\"}]}";
    }

    private static String signed(KeyPair keys) throws Exception {
        long now = Instant.now().getEpochSecond();
        String head = "{\"alg\":\"RS256\",\"kid\":\"one\",\"typ\":\"JWT\"}";
        String claims = "{\"iss\":\"" + ISSUER + "\",\"sub\":\"" + SUBJECT
                + "\",\"aud\":[\"api://AzureADTokenExchange\"],\"iat\":" + now + ",\"nbf\":" + now + ",\"exp\":"
                + (now + 3600) + "}";
        String content =
                base64(head.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + base64(signature.sign());
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
