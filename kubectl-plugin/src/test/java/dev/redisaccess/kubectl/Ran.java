package dev.redisaccess.kubectl;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/** A command that has ended: its exit code, and what it printed. Nothing is on its standard input. */
record Ran(int code, String out, String err) {

    /** @param connection to the cluster, given the option {@code --context} */
    static Ran of(Function<Optional<String>, ClusterReader> connection, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        var console = new RedisAccessCommand.Console(
                new PrintWriter(out), new PrintWriter(err), new ByteArrayInputStream(new byte[0]), true, false);
        int code = new RedisAccessCommand(connection, console, Clock.systemUTC()).run(arguments);
        return new Ran(code, out.toString(), err.toString());
    }
}
