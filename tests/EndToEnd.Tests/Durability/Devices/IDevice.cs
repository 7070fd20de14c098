namespace EdgeEnforcement.EndToEnd.Tests.Durability.Devices;

/// <summary>A client that keeps its own state through everything that happens to the server, as one on flash memory does.</summary>
internal interface IDevice : IDisposable
{
    Task ConnectAsync(int port);

    /// <summary>Completes what is under way from before.</summary>
    Task FinishAsync();

    /// <summary>Begins something new and goes some way with it.</summary>
    Task GoOnAsync(Random random);
}
