package dev.redisaccess.emulator.redis;

import static dev.redisaccess.emulator.redis.RawClient.array;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandDecoderTest {
    static Stream<Arguments> streams() {
        String ping = array("PING");
        return Stream.of(
                Arguments.of(array("SET", "k", "") + ping, array("SET", "k", "") + "|" + ping + "|"),
                Arguments.of(array("auth", "u", "p") + ping, "<u:p>" + ping + "|"),
                Arguments.of(array("AUTH", "p"), "<default:p>"),
                Arguments.of(array("AUTH"), array("AUTH") + "|"),
                Arguments.of(array("AUTH", "a", "b", "c"), array("AUTH", "a", "b", "c") + "|"),
                Arguments.of(array("HELLO", "3", "AUTH", "u", "p"), "<u:p>"),
                Arguments.of(array("hello", "3", "setname", "auth", "auth", "u", "p"), "<u:p>"),
                Arguments.of(array("HELLO", "3", "AUTH", "u", "p", "SETNAME", "n"), "<u:p>"),
                Arguments.of(array("HELLO", "3"), array("HELLO", "3") + "|"),
                Arguments.of(array("HELLO"), array("HELLO") + "|"),
                Arguments.of(
                        array("SET", "k", "\r\n*3\r\n$4\r\nAUTH\r\n"),
                        array("SET", "k", "\r\n*3\r\n$4\r\nAUTH\r\n") + "|"),
                Arguments.of("AUTH u p\r\nPING\n", "<u:p>PING\n|"),
                Arguments.of("\r\n*0\r\n*-1\r\n" + ping, "\r\n*0\r\n*-1\r\n" + ping + "|"),
                Arguments.of("*x\r\n" + array("AUTH", "u", "p"), "*x\r\n" + array("AUTH", "u", "p")),
                Arguments.of("*2\r\n$-1\r\n" + ping, "*2\r\n$-1\r\n" + ping),
                Arguments.of("*1\r\n$4\r\n", ""));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void findsLoginsAndLeavesTheRestUnchanged(String sent, String seen) {
        assertThat(decode(sent, sent.length())).isEqualTo(seen);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void doesSoHoweverTheBytesArrive(String sent, String seen) {
        assertThat(decode(sent, 1)).isEqualTo(seen);
        assertThat(decode(sent, 3)).isEqualTo(seen);
    }

    private static String decode(String sent, int pieceLength) {
        EmbeddedChannel channel = new EmbeddedChannel(new CommandDecoder());
        for (int from = 0; from < sent.length(); from += pieceLength) {
            String piece = sent.substring(from, Math.min(sent.length(), from + pieceLength));
            channel.writeInbound(Unpooled.copiedBuffer(piece, StandardCharsets.UTF_8));
        }
        StringBuilder seen = new StringBuilder();
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            seen.append(text(message));
        }
        return seen.toString();
    }

    private static String text(Object message) {
        if (message instanceof LoginCommand login) {
            return "<" + login.user() + ":" + login.password() + ">";
        }
        if (message instanceof ByteBuf bytes) {
            String text = bytes.toString(StandardCharsets.UTF_8);
            bytes.release();
            return text;
        }
        return "|";
    }
}
