using EdgeEnforcement.EndToEnd.Tests.Harness;
using EdgeEnforcement.Mqtt.Tests.Server;

namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>The first promise, seen from outside: what the kernel was asked to do, in which order.</summary>
public sealed class AcknowledgementTests
{
    private const int Records = 60;

    [Theory]
    [InlineData("grpc")]
    [InlineData("mqtt")]
    public async Task Each_acknowledgement_is_sent_after_a_flush_that_covers_its_bytes(string door)
    {
        var (trace, acknowledged) = await TraceAsync(door);

        Assert.Equal(Records, acknowledged.Count);
        Assert.Empty(AcknowledgementOrder.Violations(trace, acknowledged));
    }

    // The same run, but the flush does nothing: strace answers fsync itself and the disk never hears of it. Were the product to leave
    // the flush out, the trace would look like this, and the judge must say so for every single record.
    [Theory]
    [InlineData("grpc")]
    [InlineData("mqtt")]
    public async Task Without_the_flush_every_acknowledgement_is_a_violation(string door)
    {
        var (trace, acknowledged) = await TraceAsync(door, "-e", "inject=fsync,fdatasync:retval=0");

        Assert.Equal(Records, acknowledged.Count);
        Assert.Equal(Records, AcknowledgementOrder.Violations(trace, acknowledged).Count);
    }

    private static async Task<(StraceTrace Trace, IReadOnlyList<Acknowledged> Acknowledged)> TraceAsync(string door, params string[] injection)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var log = Path.Combine(folder.Path, "strace.log");
        await using var service = new ServiceUnderTest(folder.Sub("data"));
        await service.StartAsync(
        [
            "strace", "-f", "-y", "-xx", "-s", "65536", "-o", log,
            "-e", "trace=pwrite64,pwritev,pwritev2,fsync,fdatasync,sendto,sendmsg,sendmmsg,write,writev", .. injection,
        ]);
        using var channel = service.Channel();
        var line = service.Line(door, channel);
        using var producer = new FieldProducer("strace-dock", channel, line);
        await producer.ConnectAsync(cancellation);

        // Single records and small groups: a lone flush and a shared one.
        var salts = new List<ReadOnlyMemory<byte>>();
        for (var sent = 0; sent < Records;)
        {
            var group = Math.Min(1 + (sent % 5), Records - sent);
            for (var i = 0; i < group; i++)
                await producer.SendAsync(producer.NextAlert($"排口 {sent + i}"), cancellation);
            for (var i = 0; i < group; i++)
                salts.Add((await producer.ReadAsync(cancellation)).Receipt.Salt.Memory);
            sent += group;
        }

        await service.Process.TerminateTreeAsync();
        return (StraceTrace.Parse(File.ReadLines(log)), [.. salts.Select((salt, i) => Of(salt, line is MqttLine mqtt ? mqtt.Acknowledged[i + 1] : null))]);
    }

    /// <summary>Over MQTT PUBACK is the promise, and the receipt comes after it on down; the first PUBACK is the hello's.</summary>
    private static Acknowledged Of(ReadOnlyMemory<byte> salt, RawPacket? puback)
    {
        var text = Convert.ToHexStringLower(salt.Span);
        // A receipt may be cut by a frame; half of the salt is enough to know it.
        return new Acknowledged(text, puback is null ? [text[..32], text[32..]] : [puback.Hex.ToLowerInvariant()[2..], text[..32], text[32..]]);
    }
}
