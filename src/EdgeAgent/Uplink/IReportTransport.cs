namespace EdgeEnforcement.EdgeAgent.Uplink;

/// A way to the centre's Report.
internal interface IReportTransport
{
    string Name { get; }

    Task<IReportConnection> ConnectAsync(CancellationToken cancellation);
}
