using EdgeEnforcement.Mqtt.Sessions.Deciding;

namespace EdgeEnforcement.Mqtt.Sessions.Commands;

internal abstract class Command<T> : Command
{
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _cancelling;
    private T? _answer;

    public Task<T> Task => _source.Task;

    /// The caller gave it up while it waited for room.
    public bool IsGivenUp => _source.Task.IsCompleted;

    public void Answer(T answer)
    {
        _answer = answer;
        IsDecided = true;
    }

    /// From now on, until it is decided, its caller may give it up. What has been decided is not taken back.
    protected void LetCancel(CancellationToken cancellation)
    {
        if (!cancellation.CanBeCanceled)
            return;
        _cancelling.Dispose();
        _cancelling = cancellation.Register(static (source, token) => ((TaskCompletionSource<T>)source!).TrySetCanceled(token), _source);
    }

    public override void Complete()
    {
        _cancelling.Dispose();
        _source.TrySetResult(_answer!); // only decided commands are completed
    }

    public override void Fail(Exception cause)
    {
        _cancelling.Dispose();
        _source.TrySetException(cause);
        // Nobody is obliged to look: an answer may have been enough for its caller to be accepted.
        _ = _source.Task.Exception;
    }
}
