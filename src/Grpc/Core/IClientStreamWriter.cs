namespace Grpc.Core;

/// <summary>The client's end of a request stream.</summary>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>No more messages follow.</summary>
    Task CompleteAsync();
}
