namespace EdgeEnforcement.IngestService.Cases.Erasure;

/// <summary>Entries below the position are decided; the next fact gets the sequence. Dispose it and the clerk goes on.</summary>
internal sealed class Standstill(ulong position, ulong nextSequence, Action end) : IDisposable
{
    private Action? _end = end;

    public ulong Position => position;

    public ulong NextSequence => nextSequence;

    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}
