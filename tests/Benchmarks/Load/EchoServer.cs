using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>The same contract with nothing behind it: each envelope is answered at once by a receipt of the usual size. The bar for the door.</summary>
internal sealed class EchoServer : Report.ReportBase
{
    private static readonly Receipt Usual = new()
    {
        Origin = "edgeenforcement.local/shard-1", Index = 1, DurableSize = 2, Code = ReceiptCode.Appended,
        Leaf = ByteString.CopyFrom(new byte[68]), Salt = ByteString.CopyFrom(new byte[32]),
    };

    public static async Task<int> RunAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.ListenLocalhost(port + 1);
        });
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<EchoServer>();
        app.MapGet("/health", () => "ok");
        await app.RunAsync();
        return 0;
    }

    public override async Task Stream(
        IAsyncStreamReader<ReportRequest> requestStream, IServerStreamWriter<ReportResponse> responseStream, ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(request.Hello is not null
                ? new ReportResponse { Hello = new HelloAnswer { Epoch = 1, Window = 256 } }
                : new ReportResponse { Receipt = Usual, Correlation = request.Correlation });
        }
    }
}
