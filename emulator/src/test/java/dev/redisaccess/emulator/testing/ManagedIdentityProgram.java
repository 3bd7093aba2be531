package dev.redisaccess.emulator.testing;

import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.nimbusds.jwt.SignedJWT;

/** A program as it runs in Azure: it reads its identity endpoint from the environment and prints its object id. */
public final class ManagedIdentityProgram {

    private ManagedIdentityProgram() {}

    public static void main(String[] args) throws Exception {
        String token = new ManagedIdentityCredentialBuilder()
                .clientId(args[0])
                .build()
                .getTokenSync(new TokenRequestContext().addScopes("https://redis.azure.com/.default"))
                .getToken();
        System.out.println(SignedJWT.parse(token).getJWTClaimsSet().getStringClaim("oid"));
    }
}
