package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/auth"
)

const timeout = 5 * time.Second

// connect returns the client that REDIS_CLUSTER_POLICY requires. It connects with the first command.
//
// go-redis authenticates a connection again when a command would use it. With PoolFIFO the connections are used in turn, so each
// of them before its token expires. By default the one that was used last is used first, and the others would be closed by Azure.
func connect(environment func(string) string, credentials auth.StreamingCredentialsProvider) redis.UniversalClient {
	host := environment("REDIS_HOSTNAME")
	address := net.JoinHostPort(host, environment("REDIS_PORT"))
	trust := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	if environment("REDIS_CLUSTER_POLICY") == "OSSCluster" {
		return redis.NewClusterClient(&redis.ClusterOptions{
			Addrs:                        []string{address},
			TLSConfig:                    trust,
			Dialer:                       shardsByPublicName(host, trust),
			StreamingCredentialsProvider: credentials,
			PoolFIFO:                     true,
			DialTimeout:                  timeout,
			ContextTimeoutEnabled:        true,
		})
	}
	return redis.NewClient(&redis.Options{
		Addr:                         address,
		TLSConfig:                    trust,
		StreamingCredentialsProvider: credentials,
		PoolFIFO:                     true,
		DialTimeout:                  timeout,
		ContextTimeoutEnabled:        true,
	})
}

// shardsByPublicName maps addresses: shards are reported with private ones, which are in no certificate. They are also reachable
// at the public name with the shard's port.
func shardsByPublicName(host string, trust *tls.Config) func(context.Context, string, string) (net.Conn, error) {
	dialer := &tls.Dialer{NetDialer: &net.Dialer{Timeout: timeout}, Config: trust}
	return func(ctx context.Context, network, reported string) (net.Conn, error) {
		_, port, err := net.SplitHostPort(reported)
		if err != nil {
			return nil, err
		}
		return dialer.DialContext(ctx, network, net.JoinHostPort(host, port))
	}
}

// reason is the first word of Redis' error, such as WRONGPASS; else the type, because messages may quote what was sent.
func reason(err error) string {
	var reply redis.Error
	if errors.As(err, &reply) {
		word, _, _ := strings.Cut(reply.Error(), " ")
		return word
	}
	return fmt.Sprintf("%T", err)
}
