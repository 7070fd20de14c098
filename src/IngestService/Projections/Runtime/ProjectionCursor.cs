namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <summary>
/// How far a projection is visible to queries. Written by its pump after each commit; everybody may wait on it.
/// The number only falls when the file is rebuilt.
/// </summary>
internal sealed class ProjectionCursor(string name)
{
    private ulong _position;
    private TaskCompletionSource _moved = NewPulse();

    public string Name { get; } = name;

    /// <summary>Entries 0..Position-1 are committed.</summary>
    public ulong Position => Volatile.Read(ref _position);

    /// <summary>Completes at the next move. Take it before reading the position, or a move may be missed.</summary>
    public Task NextMove => Volatile.Read(ref _moved).Task;

    public async ValueTask WaitForAsync(ulong size, CancellationToken cancellation)
    {
        while (true)
        {
            Task moved = NextMove;
            if (Position >= size)
                return;
            await moved.WaitAsync(cancellation);
        }
    }

    internal void MoveTo(ulong position)
    {
        Volatile.Write(ref _position, position);
        Interlocked.Exchange(ref _moved, NewPulse()).SetResult();
    }

    // Continuations run elsewhere: a waiting query must not borrow the pump's thread.
    private static TaskCompletionSource NewPulse() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
