// An HTTP server that uses Redis with the pod's workload identity.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"os"

	"github.com/redis/go-redis/v9"
)

type application struct {
	redis redis.UniversalClient
}

type answer map[string]any

func main() {
	credentials, err := startEntraCredentials(os.Getenv("REDIS_USERNAME"),
		workloadIdentity(os.Getenv("AZURE_CLIENT_ID"), os.Getenv("REDIS_ENTRA_SCOPE")))
	if err != nil {
		slog.Error("No token is available.", "error", reason(err))
		os.Exit(1)
	}
	app := application{redis: connect(os.Getenv, credentials)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", app.health)
	mux.HandleFunc("POST /visits/{page}", app.visit)
	listener, err := net.Listen("tcp", net.JoinHostPort("", cmp.Or(os.Getenv("PORT"), "8080")))
	if err != nil {
		slog.Error("The port cannot be opened.", "error", err)
		os.Exit(1)
	}
	slog.Info("listening", "port", listener.Addr().(*net.TCPAddr).Port)
	slog.Error("The server has ended.", "error", http.Serve(listener, mux))
	os.Exit(1)
}

func (a application) health(response http.ResponseWriter, request *http.Request) {
	ctx, cancel := context.WithTimeout(request.Context(), timeout)
	defer cancel()
	connection, err := a.redis.ClientID(ctx).Result()
	if err != nil {
		slog.Warn("Redis does not answer.", "error", reason(err))
		reply(response, http.StatusServiceUnavailable, answer{
			"status": "unhealthy", "redis_connected": false, "redis_auth_method": "Entra ID token", "error": reason(err),
		})
		return
	}
	reply(response, http.StatusOK, answer{
		"status": "healthy", "redis_connected": true, "redis_auth_method": "Entra ID token", "redis_connection_id": connection,
	})
}

func (a application) visit(response http.ResponseWriter, request *http.Request) {
	ctx, cancel := context.WithTimeout(request.Context(), timeout)
	defer cancel()
	visits, err := a.redis.Incr(ctx, "visits:"+request.PathValue("page")).Result()
	if err != nil {
		slog.Warn("Redis does not answer.", "error", reason(err))
		reply(response, http.StatusServiceUnavailable, answer{"error": reason(err)})
		return
	}
	reply(response, http.StatusOK, answer{"visits": visits})
}

func reply(response http.ResponseWriter, status int, body answer) {
	response.Header().Set("Content-Type", "application/json")
	response.WriteHeader(status)
	_ = json.NewEncoder(response).Encode(body) // fails only if the client has gone
}
