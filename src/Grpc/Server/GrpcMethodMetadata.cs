using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>On each gRPC endpoint: which method of which service type it serves.</summary>
public sealed class GrpcMethodMetadata
{
    /// <summary>Names service type and method.</summary>
    public GrpcMethodMetadata(Type serviceType, IMethod method)
    {
        ServiceType = serviceType;
        Method = method;
    }

    /// <summary>The type that implements the service.</summary>
    public Type ServiceType { get; }

    /// <summary>The method.</summary>
    public IMethod Method { get; }
}
