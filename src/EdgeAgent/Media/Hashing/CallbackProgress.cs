namespace EdgeEnforcement.EdgeAgent.Media.Hashing;

/// Progress told on the thread that makes it; the framework's own hops to another one and arrives out of order.
internal sealed class CallbackProgress(Action<long> report) : IProgress<long>
{
    public void Report(long value) => report(value);
}
