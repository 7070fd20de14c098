namespace EdgeEnforcement.EdgeAgent.Sources.Framing;

/// How devices are reached: they call us, we call them, or there is a wire.
internal interface ILinkTransport
{
    /// Serves links until cancelled; a link that breaks is the transport's to make again. Returns after every link it opened has ended.
    /// <param name="serve">Serves one link to its end; the transport disposes it afterwards.</param>
    Task RunAsync(Func<DeviceLink, CancellationToken, Task> serve, CancellationToken cancellation);
}
