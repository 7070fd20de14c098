namespace Grpc.Core;

/// <summary>The call that credentials are wanted for.</summary>
public class AuthInterceptorContext
{
    /// <summary>Describes a call.</summary>
    public AuthInterceptorContext(string serviceUrl, string methodName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(serviceUrl);
        ArgumentNullException.ThrowIfNull(methodName);
        ServiceUrl = serviceUrl;
        MethodName = methodName;
        CancellationToken = cancellationToken;
    }

    /// <summary>Scheme, host and service, the audience of a token: <c>https://host/package.Service</c>.</summary>
    public string ServiceUrl { get; }

    /// <summary>Name of the method within its service.</summary>
    public string MethodName { get; }

    /// <summary>Cancelled when the call ends before it is sent.</summary>
    public CancellationToken CancellationToken { get; }
}
