namespace Grpc.AspNetCore.Server.Calls;

/// <summary>
/// Two parties may end a call: service code that returns, and the deadline. Service code may also be in the middle of a write then, and the
/// response is not made for two hands. This decides, under one lock, who ends it and whether a write is under way; nothing is done under the lock.
/// </summary>
internal sealed class ResponseGate
{
    private readonly Lock _lock = new();
    private bool _writing;
    private volatile bool _ended; // written under the lock, read anywhere

    public enum Ending
    {
        /// <summary>The caller ends the call.</summary>
        Mine,

        /// <summary>The caller ends the call, and a write is under way that will not finish properly.</summary>
        MineDuringWrite,

        /// <summary>The other party has ended it.</summary>
        TooLate,
    }

    public bool IsEnded => _ended;

    public void BeginWrite()
    {
        lock (_lock)
        {
            if (_ended)
                throw new InvalidOperationException("The call has ended; nothing can be written any more.");
            if (_writing)
                throw new InvalidOperationException("A write is under way; writes of one stream come one after the other.");
            _writing = true;
        }
    }

    public void EndWrite()
    {
        lock (_lock)
            _writing = false;
    }

    public Ending TryEnd()
    {
        lock (_lock)
        {
            if (_ended)
                return Ending.TooLate;
            _ended = true;
            return _writing ? Ending.MineDuringWrite : Ending.Mine;
        }
    }
}
