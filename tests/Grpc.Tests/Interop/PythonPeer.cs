using System.Diagnostics;

namespace EdgeEnforcement.GrpcTests.Interop;

/// <summary>
/// A gRPC implementation that is not ours: Debian's python3-grpcio, with stubs generated into a folder of its own. Interoperability is a
/// promise, so a machine without it fails these tests and says what to install.
/// </summary>
public sealed class PythonPeer : IAsyncLifetime
{
    private const string Needs = "The interoperability tests need Debian's packages python3-grpcio, python3-protobuf, protobuf-compiler and protobuf-compiler-grpc.";
    private const string Python = "/usr/bin/python3";

    public string Stubs { get; } = Directory.CreateTempSubdirectory("grpc-stubs-").FullName;

    public async ValueTask InitializeAsync()
    {
        var protos = Path.Combine(AppContext.BaseDirectory, "protos");
        await RunAsync(
            "protoc",
            "-I", protos, "--python_out", Stubs, "--grpc_python_out", Stubs,
            "--plugin=protoc-gen-grpc_python=/usr/bin/grpc_python_plugin",
            "grpctests/v1/echo.proto", "grpctests/v1/interop.proto", "grpc/health/v1/health.proto", "grpc/reflection/v1/reflection.proto");
        await RunAsync(Python, "-c", "import grpc, google.protobuf");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Stubs, recursive: true);
        return ValueTask.CompletedTask;
    }

    public Task RunClientAsync(Uri server, string check, string script = "echo_client.py") =>
        RunAsync(Python, Script(script), Stubs, server.Authority, check);

    public Process StartServer(string script = "echo_server.py") => Start(Python, Script(script), Stubs);

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "python", name);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(5)); // only a failing test waits so long
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = await process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, $"{Needs}\n{program} {string.Join(' ', arguments)}\n{await output}{errors}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException(Needs);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new InvalidOperationException($"{Needs} '{program}' cannot be started.", exception);
        }
    }
}
