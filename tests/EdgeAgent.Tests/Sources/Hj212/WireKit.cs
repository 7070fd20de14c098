using System.IO.Pipelines;
using EdgeEnforcement.EdgeAgent.Sources.Framing;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Hj212;

/// <summary>Bytes in given pieces through the real reader and parser.</summary>
internal static class WireKit
{
    public static readonly Hj212FrameParser Parser = new(1024);

    public static async Task<List<Received>> ReadAllAsync(IEnumerable<ReadOnlyMemory<byte>> pieces)
    {
        var pipe = new Pipe();
        var reader = new FrameReader(pipe.Reader, Parser, TimeProvider.System);
        var reading = DrainAsync(reader);
        foreach (var piece in pieces)
            await pipe.Writer.WriteAsync(piece, TestContext.Current.CancellationToken);
        await pipe.Writer.CompleteAsync();
        return await reading;
    }

    public static Task<List<Received>> ReadAllAsync(params byte[][] pieces) => ReadAllAsync(pieces.Select(p => new ReadOnlyMemory<byte>(p)));

    public static IEnumerable<ReadOnlyMemory<byte>> OneByOne(byte[] bytes) => Enumerable.Range(0, bytes.Length).Select(i => new ReadOnlyMemory<byte>(bytes, i, 1));

    public static Hj212Message Parse(ReadOnlySpan<byte> frame)
    {
        Assert.True(Hj212Parser.TryParse(frame, out var message, out var fault), fault);
        return message;
    }

    private static async Task<List<Received>> DrainAsync(FrameReader reader)
    {
        var all = new List<Received>();
        while (true)
        {
            var received = await reader.ReadAsync(TestContext.Current.CancellationToken);
            if (received.Kind == ReceivedKind.End)
                return all;
            all.Add(received);
        }
    }
}
