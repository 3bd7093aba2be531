import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import redis.clients.authentication.core.TokenAuthConfig;
import redis.clients.authentication.entraid.EntraIDTokenAuthConfigBuilder;
import redis.clients.authentication.entraid.ManagedIdentityInfo.UserManagedIdentityType;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.authentication.AuthXManager;

/**
 * Jedis with redis-authx-entraid. {@code ENDPOINTS} is endpoints.json; {@code PUBLIC_HOSTS} is set where the names of the public
 * cloud lead to the emulator. {@code AZURE_POD_IDENTITY_AUTHORITY_HOST} must be the emulator's {@code imds}.
 */
class Witness {

    private static final String SCOPE = "https://redis.azure.com/.default";
    private static String endpoints;

    public static void main(String[] args) throws Exception {
        endpoints = Files.readString(Path.of(System.getenv("ENDPOINTS")));
        SSLContext trust = trust(Path.of(value("caFile")));
        SSLContext.setDefault(trust); // MSAL4J has no other setting that redis-authx passes on
        witness(
                "managed identity: login, SET",
                trust,
                EntraIDTokenAuthConfigBuilder.builder()
                        .userAssignedManagedIdentity(
                                UserManagedIdentityType.CLIENT_ID, "33333333-3333-3333-3333-333333333333")
                        .scopes(Set.of("https://redis.azure.com"))
                        .tokenRequestExecTimeoutInMs(30_000)
                        .build());
        if (System.getenv("PUBLIC_HOSTS") != null) {
            witness(
                    "service principal, instance discovery on",
                    trust,
                    EntraIDTokenAuthConfigBuilder.builder()
                            .clientId("77777777-7777-7777-7777-777777777777")
                            .secret("for-local-use-only")
                            .authority("https://login.microsoftonline.com/" + value("tenantId"))
                            .scopes(Set.of(SCOPE))
                            .tokenRequestExecTimeoutInMs(30_000)
                            .build());
        }
        System.exit(0); // the token managers' threads are still running
    }

    /** Reports one operation on one line: result, tool, operation, separated by tabs. */
    private static void witness(String operation, SSLContext trust, TokenAuthConfig config) {
        String result = "FAILS";
        DefaultJedisClientConfig client = DefaultJedisClientConfig.builder()
                .authXManager(new AuthXManager(config))
                .timeoutMillis(20_000)
                .ssl(true)
                .sslSocketFactory(trust.getSocketFactory())
                .build();
        HostAndPort address = new HostAndPort(value("host"), Integer.parseInt(value("port")));
        try (JedisPooled jedis = new JedisPooled(address, client)) {
            result = "OK".equals(jedis.set("witness", "1")) ? "works" : "FAILS";
        } catch (RuntimeException e) {
            e.printStackTrace();
        }
        System.out.println(result + "\tJedis, redis-authx-entraid\t" + operation);
    }

    private static String value(String name) {
        Matcher matcher =
                Pattern.compile("\"" + name + "\"\\s*:\\s*\"?([^\",}\\s]+)").matcher(endpoints);
        if (!matcher.find()) {
            throw new IllegalStateException("endpoints.json has no " + name);
        }
        return matcher.group(1);
    }

    private static SSLContext trust(Path pem) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
