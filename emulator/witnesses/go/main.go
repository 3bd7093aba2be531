// The Go SDK for management and go-redis, unmodified. The address of ARM is also the resource.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/redisenterprise/armredisenterprise"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armresources"
	"github.com/hashicorp/go-azure-sdk/sdk/auth"
	"github.com/hashicorp/go-azure-sdk/sdk/environments"
	"github.com/redis/go-redis/v9"
)

const (
	subscription = "22222222-2222-2222-2222-222222222222"
	client       = "77777777-7777-7777-7777-777777777777"
	object       = "88888888-8888-8888-8888-888888888888"
	secret       = "for-local-use-only"
	assignment   = "/subscriptions/" + subscription + "/resourceGroups/shop/providers/Microsoft.Cache" +
		"/redisEnterprise/orders/databases/default/accessPolicyAssignments/golang"
)

type endpoints struct {
	Arm, Authority, TenantID, CaFile string
	Databases                        []struct {
		Host string
		Port int
	}
}

// Reports one operation on one line: result, tool, operation, separated by tabs.
func witness(tool, operation string, action func() error) {
	if err := action(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		fmt.Printf("FAILS\t%s\t%s\n", tool, operation)
		return
	}
	fmt.Printf("works\t%s\t%s\n", tool, operation)
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func main() {
	var azure endpoints
	if err := json.Unmarshal(must(os.ReadFile(os.Getenv("ENDPOINTS"))), &azure); err != nil {
		panic(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(must(os.ReadFile(azure.CaFile)))
	trust := &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	options := policy.ClientOptions{
		Transport: &http.Client{Transport: &http.Transport{TLSClientConfig: trust}},
		Cloud: cloud.Configuration{
			ActiveDirectoryAuthorityHost: azure.Authority,
			Services: map[cloud.ServiceName]cloud.ServiceConfiguration{
				cloud.ResourceManager: {Endpoint: azure.Arm, Audience: azure.Arm},
			},
		},
	}
	credential := must(azidentity.NewClientSecretCredential(azure.TenantID, client, secret,
		&azidentity.ClientSecretCredentialOptions{ClientOptions: options, DisableInstanceDiscovery: true}))
	witness("armredisenterprise (Go)", "database: get, keys", func() error {
		return manage(credential, options)
	})
	witness("armresources (Go)", "assignment: create, exists, delete", func() error {
		return assign(credential, options)
	})
	witness("go-azure-sdk (azurerm)", "cloud by its endpoint, tokens for ARM and Graph, GET", func() error {
		return discover(azure)
	})
	witness("go-redis, azidentity", "login, SET", func() error {
		return login(credential, trust, fmt.Sprintf("%s:%d", azure.Databases[0].Host, azure.Databases[0].Port))
	})
}

func manage(credential azcore.TokenCredential, options policy.ClientOptions) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	factory, err := armredisenterprise.NewClientFactory(subscription, credential, &arm.ClientOptions{ClientOptions: options})
	if err != nil {
		return err
	}
	databases := factory.NewDatabasesClient()
	if _, err := databases.Get(ctx, "shop", "orders", "default", nil); err != nil {
		return err
	}
	keys, err := databases.ListKeys(ctx, "shop", "orders", "default", nil)
	if err != nil || keys.PrimaryKey == nil {
		return errors.Join(err, errors.New("no keys"))
	}
	return nil
}

// Assignments with the generic client: this version of armredisenterprise has none yet.
func assign(credential azcore.TokenCredential, options policy.ClientOptions) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	resources, err := armresources.NewClient(subscription, credential, &arm.ClientOptions{ClientOptions: options})
	if err != nil {
		return err
	}
	body := armresources.GenericResource{Properties: map[string]any{
		"accessPolicyName": "default",
		"user":             map[string]any{"objectId": "99999999-0000-0000-0000-000000000002"},
	}}
	poll := &runtime.PollUntilDoneOptions{Frequency: time.Second}
	creating, err := resources.BeginCreateOrUpdateByID(ctx, assignment, "2025-07-01", body, nil)
	if err != nil {
		return err
	}
	made, err := creating.PollUntilDone(ctx, poll)
	if err != nil {
		return err
	}
	if state := made.Properties.(map[string]any)["provisioningState"]; state != "Succeeded" {
		return fmt.Errorf("the assignment is %v", state)
	}
	if there, err := resources.CheckExistenceByID(ctx, assignment, "2025-07-01", nil); err != nil || !there.Success {
		return errors.Join(err, errors.New("the assignment is not there"))
	}
	deleting, err := resources.BeginDeleteByID(ctx, assignment, "2025-07-01", nil)
	if err != nil {
		return err
	}
	_, err = deleting.PollUntilDone(ctx, poll)
	return err
}

// The first requests of Terraform's azurerm. It joins addresses that end in a slash with paths that begin with one.
func discover(azure endpoints) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	environment, err := environments.FromEndpoint(ctx, azure.Arm+"/")
	if err != nil {
		return err
	}
	arm, _ := environment.ResourceManager.Endpoint()
	graph, _ := environment.MicrosoftGraph.Endpoint()
	targets := map[environments.Api]string{
		environment.ResourceManager: *arm + "/subscriptions/" + subscription + "?api-version=2022-12-01",
		environment.MicrosoftGraph:  *graph + "/v1.0/servicePrincipals/" + object,
	}
	for api, url := range targets {
		authorizer, err := auth.NewClientSecretAuthorizer(ctx, auth.ClientSecretAuthorizerOptions{
			Environment: *environment, Api: api, TenantId: azure.TenantID, ClientId: client, ClientSecret: secret,
		})
		if err != nil {
			return err
		}
		token, err := authorizer.Token(ctx, nil)
		if err != nil {
			return err
		}
		request := must(http.NewRequestWithContext(ctx, http.MethodGet, url, nil))
		token.SetAuthHeader(request)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return err
		}
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			return fmt.Errorf("%s answered %s", url, response.Status)
		}
	}
	return nil
}

func login(credential azcore.TokenCredential, trust *tls.Config, address string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	scope := policy.TokenRequestOptions{Scopes: []string{"https://redis.azure.com/.default"}}
	database := redis.NewClient(&redis.Options{
		Addr:      address,
		TLSConfig: trust,
		CredentialsProviderContext: func(ctx context.Context) (string, string, error) {
			token, err := credential.GetToken(ctx, scope)
			return object, token.Token, err
		},
	})
	defer database.Close()
	return database.Set(ctx, "witness", "1", 0).Err()
}
