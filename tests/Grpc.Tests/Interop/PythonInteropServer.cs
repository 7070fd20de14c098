using System.Diagnostics;

namespace EdgeEnforcement.GrpcTests.Interop;

/// <summary>The foreign server of the interoperability cases, one for all of them.</summary>
public sealed class PythonInteropServer : IAsyncLifetime
{
    private readonly PythonPeer _peer = new();
    private Process _process = null!; // set before every test

    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await _peer.InitializeAsync();
        _process = _peer.StartServer("interop_server.py");
        var port = await _process.StandardOutput.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(EchoHost.Patience, CancellationToken.None);
        Assert.True(port is not null, "The Python server did not start.");
        Address = "http://127.0.0.1:" + port;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(EchoHost.Patience, CancellationToken.None);
        _process.Dispose();
        await _peer.DisposeAsync();
    }
}
