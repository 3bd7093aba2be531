package dev.redisaccess.emulator.testing;

import com.nimbusds.jose.jwk.RSAKey;
import dev.redisaccess.emulator.entra.SigningKeys;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Returns the same few keys to every test, because creating one is slow. */
final class CachedKeys implements Supplier<RSAKey> {

    private static final List<RSAKey> KEYS =
            Stream.generate(SigningKeys::generate).limit(2).toList();

    private final AtomicInteger next = new AtomicInteger();

    @Override
    public RSAKey get() {
        return KEYS.get(next.getAndIncrement());
    }
}
