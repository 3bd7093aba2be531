package dev.redisaccess.emulator.redis;

import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.SocketChannel;
import java.util.Optional;

/** Connects a new connection to the real server, or to one of the faults. */
final class Reception {
    private static final String LOADING = "LOADING Redis is loading the dataset in memory";
    private static final String TOO_MANY = "ERR max number of clients reached";

    private final ActiveFaults faults;
    private final Tls tls;
    private final Relay relay;

    Reception(ActiveFaults faults, Tls tls, Relay relay) {
        this.faults = faults;
        this.tls = tls;
        this.relay = relay;
    }

    /**
     * Receives a connection.
     *
     * @param client a new connection that is not read from yet
     * @param serverPort the loopback port of the real server behind this listener
     */
    void receive(SocketChannel client, int serverPort) {
        if (faults.has(RedisFault.StaySilent.class)) {
            answer(client, Optional.empty(), new Silence());
        } else if (faults.has(RedisFault.ResetDuringHandshake.class)) {
            answer(client, Optional.empty(), new ResetOnFirstBytes());
        } else if (faults.has(RedisFault.RejectHandshake.class)) {
            answer(client, Optional.empty(), new AlertOnFirstBytes());
        } else if (faults.has(RedisFault.TooManyClients.class)) {
            answer(client, currentTls(), new CommandDecoder(), ErrorAnswers.once(TOO_MANY));
        } else if (faults.has(RedisFault.Loading.class)) {
            answer(client, currentTls(), new CommandDecoder(), ErrorAnswers.toEvery(LOADING));
        } else {
            relay.join(client, serverPort, currentTls(), faults.ofCommands());
        }
    }

    private static void answer(SocketChannel client, Optional<Tls> served, ChannelHandler... handlers) {
        served.ifPresent(each -> each.addTo(client));
        client.pipeline().addLast(handlers);
        client.config().setAutoRead(true);
    }

    private Optional<Tls> currentTls() {
        if (faults.has(RedisFault.SpeakPlaintext.class)) {
            return Optional.empty();
        }
        return Optional.of(faults.find(RedisFault.ServeCertificate.class)
                .map(fault -> Tls.with(fault.certificate()))
                .orElse(tls));
    }
}
