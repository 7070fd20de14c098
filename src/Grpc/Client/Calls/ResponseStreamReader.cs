using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>The server's messages for the caller. One read at a time.</summary>
internal sealed class ResponseStreamReader<TRequest, TResponse>(HttpCall<TRequest, TResponse> call) : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private bool _ended;

    public TResponse Current => call.Current ?? throw new InvalidOperationException("There is no message: MoveNext gives one.");

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (_ended)
            return Task.FromResult(false);
        var read = call.ReadAsync(cancellationToken);
        return read.IsCompletedSuccessfully ? Task.FromResult(Note(read.Result)) : AwaitAsync(read);
    }

    private async Task<bool> AwaitAsync(ValueTask<bool> read) => Note(await read);

    private bool Note(bool isMessage)
    {
        _ended = !isMessage;
        return isMessage;
    }
}
