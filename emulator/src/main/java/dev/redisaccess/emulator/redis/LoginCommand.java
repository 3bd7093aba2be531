package dev.redisaccess.emulator.redis;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code AUTH password}, {@code AUTH user password} or {@code HELLO version AUTH user password ...}. Holds a token, so it
 * has no text form.
 */
final class LoginCommand {
    /** The user that {@code AUTH} with one argument means. */
    static final String DEFAULT_USER = "default";

    private static final String AUTH = "AUTH";
    private static final String HELLO = "HELLO";
    private static final String SETNAME = "SETNAME";

    private final List<byte[]> before;
    private final byte[] user;
    private final byte[] password;
    private final List<byte[]> after;

    private LoginCommand(List<byte[]> words, int authAt, boolean withUser) {
        this.before = words.subList(0, authAt + 1);
        int passwordAt = authAt + (withUser ? 2 : 1);
        this.user = withUser ? words.get(authAt + 1) : DEFAULT_USER.getBytes(StandardCharsets.UTF_8);
        this.password = words.get(passwordAt);
        this.after = words.subList(passwordAt + 1, words.size());
    }

    static boolean mayHaveNameOfLength(int length) {
        return length == AUTH.length() || length == HELLO.length();
    }

    static boolean isName(String word) {
        String name = word.toUpperCase(Locale.ROOT);
        return name.equals(AUTH) || name.equals(HELLO);
    }

    /** A login, if the words are one; empty for a malformed login, which the server has to refuse. */
    static Optional<LoginCommand> of(List<byte[]> words) {
        String name = word(words, 0);
        if (name.equals(AUTH) && (words.size() == 2 || words.size() == 3)) {
            return Optional.of(new LoginCommand(words, 0, words.size() == 3));
        }
        if (name.equals(HELLO)) {
            return helloWithAuth(words);
        }
        return Optional.empty();
    }

    private static Optional<LoginCommand> helloWithAuth(List<byte[]> words) {
        int at = 2;
        while (at < words.size() && word(words, at).equals(SETNAME)) {
            at += 2;
        }
        boolean isAuth = at + 2 < words.size() && word(words, at).equals(AUTH);
        return isAuth ? Optional.of(new LoginCommand(words, at, true)) : Optional.empty();
    }

    private static String word(List<byte[]> words, int index) {
        return new String(words.get(index), StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
    }

    String user() {
        return new String(user, StandardCharsets.UTF_8);
    }

    String password() {
        return new String(password, StandardCharsets.UTF_8);
    }

    /** The same command as another user, as an array of bulk strings. */
    ByteBuf as(Credentials credentials, ByteBufAllocator allocator) {
        List<byte[]> words = new ArrayList<>(before);
        words.add(credentials.user().getBytes(StandardCharsets.UTF_8));
        words.add(credentials.password().getBytes(StandardCharsets.UTF_8));
        words.addAll(after);
        ByteBuf out = allocator.buffer();
        out.writeCharSequence("*" + words.size() + "\r\n", StandardCharsets.US_ASCII);
        for (byte[] word : words) {
            out.writeCharSequence("$" + word.length + "\r\n", StandardCharsets.US_ASCII);
            out.writeBytes(word).writeCharSequence("\r\n", StandardCharsets.US_ASCII);
        }
        return out;
    }
}
