package dev.redisaccess.operator.azure;

import com.azure.core.annotation.BodyParam;
import com.azure.core.annotation.Delete;
import com.azure.core.annotation.ExpectedResponses;
import com.azure.core.annotation.Get;
import com.azure.core.annotation.HeaderParam;
import com.azure.core.annotation.Headers;
import com.azure.core.annotation.Host;
import com.azure.core.annotation.HostParam;
import com.azure.core.annotation.PathParam;
import com.azure.core.annotation.Put;
import com.azure.core.annotation.QueryParam;
import com.azure.core.annotation.ServiceInterface;
import com.azure.core.annotation.UnexpectedResponseExceptionType;
import com.azure.core.http.rest.Response;
import com.azure.core.management.exception.ManagementException;

/**
 * The operations that SDK 1.0.0 lacks (2.1.0 has them), on the SDK's own pipeline. The parameter {@code database} is a whole
 * path, whose names were validated when the ID was parsed, so it is not encoded again.
 */
@Host("{$host}")
@ServiceInterface(name = "RedisEnterpriseAccessPolicyAssignments")
interface AccessPolicyAssignmentService {

    String JSON = "application/json";

    @Get("/{database}")
    @Headers("Accept: application/json")
    @ExpectedResponses(200)
    @UnexpectedResponseExceptionType(ManagementException.class)
    Response<DatabaseResource> readDatabase(
            @HostParam("$host") String host,
            @PathParam(value = "database", encoded = true) String database,
            @QueryParam("api-version") String apiVersion);

    @Get("/{database}/accessPolicyAssignments/{name}")
    @Headers("Accept: application/json")
    @ExpectedResponses(200)
    @UnexpectedResponseExceptionType(ManagementException.class)
    Response<AccessPolicyAssignmentResource> read(
            @HostParam("$host") String host,
            @PathParam(value = "database", encoded = true) String database,
            @PathParam("name") String name,
            @QueryParam("api-version") String apiVersion);

    @Get("/{database}/accessPolicyAssignments")
    @Headers("Accept: application/json")
    @ExpectedResponses(200)
    @UnexpectedResponseExceptionType(ManagementException.class)
    Response<AccessPolicyAssignmentResource.Page> list(
            @HostParam("$host") String host,
            @PathParam(value = "database", encoded = true) String database,
            @QueryParam("api-version") String apiVersion);

    @Get("{nextLink}")
    @Headers("Accept: application/json")
    @ExpectedResponses(200)
    @UnexpectedResponseExceptionType(ManagementException.class)
    Response<AccessPolicyAssignmentResource.Page> listNext(
            @HostParam("$host") String host, @PathParam(value = "nextLink", encoded = true) String nextLink);

    @Put("/{database}/accessPolicyAssignments/{name}")
    @ExpectedResponses({200, 201})
    @UnexpectedResponseExceptionType(ManagementException.class)
    Response<AccessPolicyAssignmentResource> create(
            @HostParam("$host") String host,
            @PathParam(value = "database", encoded = true) String database,
            @PathParam("name") String name,
            @QueryParam("api-version") String apiVersion,
            @BodyParam(JSON) AccessPolicyAssignmentResource body,
            @HeaderParam("Accept") String accept);

    @Delete("/{database}/accessPolicyAssignments/{name}")
    @Headers("Accept: application/json")
    @ExpectedResponses({200, 202, 204})
    @UnexpectedResponseExceptionType(ManagementException.class)
    Response<Void> delete(
            @HostParam("$host") String host,
            @PathParam(value = "database", encoded = true) String database,
            @PathParam("name") String name,
            @QueryParam("api-version") String apiVersion);
}
