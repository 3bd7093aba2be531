package main

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/redis/go-redis/v9/auth"
)

const (
	shortestWait = time.Second
	afterFailure = 5 * time.Second
	tokenTimeout = 15 * time.Second
)

// entraCredentials gives go-redis the identity's object ID as user and a token as password. The token is renewed after half of
// its lifetime, and go-redis then sends AUTH on its open connections: Azure closes one whose token has expired.
type entraCredentials struct {
	user     string
	newToken func(context.Context) (azcore.AccessToken, error)

	lock      sync.Mutex
	current   azcore.AccessToken
	listeners map[auth.CredentialsListener]struct{}
}

// startEntraCredentials gets the first token, and renews it until the program ends.
func startEntraCredentials(user string, newToken func(context.Context) (azcore.AccessToken, error)) (*entraCredentials, error) {
	c := &entraCredentials{user: user, newToken: newToken, listeners: map[auth.CredentialsListener]struct{}{}}
	if err := c.renew(); err != nil {
		return nil, err
	}
	go func() {
		wait := c.untilHalf()
		for {
			time.Sleep(wait)
			if err := c.renew(); err != nil {
				slog.Warn("No renewed token. Trying again in at most 5 s.", "error", reason(err))
				wait = min(afterFailure, c.untilHalf())
				continue
			}
			slog.Info("Token renewed.")
			wait = c.untilHalf()
		}
	}()
	return c, nil
}

func (c *entraCredentials) renew() error {
	ctx, cancel := context.WithTimeout(context.Background(), tokenTimeout)
	defer cancel()
	token, err := c.newToken(ctx)
	if err != nil {
		return err
	}
	c.lock.Lock()
	c.current = token
	listeners := slices.Collect(maps.Keys(c.listeners))
	c.lock.Unlock()
	for _, listener := range listeners {
		listener.OnNext(auth.NewBasicCredentials(c.user, token.Token))
	}
	return nil
}

func (c *entraCredentials) untilHalf() time.Duration {
	c.lock.Lock()
	defer c.lock.Unlock()
	return max(shortestWait, time.Until(c.current.ExpiresOn)/2)
}

// Subscribe implements auth.StreamingCredentialsProvider. go-redis calls it for each connection, which is the listener.
func (c *entraCredentials) Subscribe(listener auth.CredentialsListener) (auth.Credentials, auth.UnsubscribeFunc, error) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.listeners[listener] = struct{}{}
	unsubscribe := func() error {
		c.lock.Lock()
		defer c.lock.Unlock()
		delete(c.listeners, listener)
		return nil
	}
	return auth.NewBasicCredentials(c.user, c.current.Token), unsubscribe, nil
}

// workloadIdentity requests a new token each time. The credential reads AZURE_TENANT_ID, AZURE_FEDERATED_TOKEN_FILE and
// AZURE_AUTHORITY_HOST. The cluster sets the authority, so no discovery in the public cloud is needed. A credential that is
// reused would return its cached token until shortly before its expiry.
func workloadIdentity(clientID, scope string) func(context.Context) (azcore.AccessToken, error) {
	return func(ctx context.Context) (azcore.AccessToken, error) {
		credential, err := azidentity.NewWorkloadIdentityCredential(&azidentity.WorkloadIdentityCredentialOptions{
			ClientID:                 clientID,
			DisableInstanceDiscovery: true,
		})
		if err != nil {
			return azcore.AccessToken{}, err
		}
		return credential.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{scope}})
	}
}
