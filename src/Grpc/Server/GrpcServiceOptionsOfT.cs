namespace Grpc.AspNetCore.Server;

/// <summary>How one service answers.</summary>
public class GrpcServiceOptions<TService> : GrpcServiceOptions
    where TService : class
{
}
