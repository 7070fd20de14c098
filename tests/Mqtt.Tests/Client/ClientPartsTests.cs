using EdgeEnforcement.Mqtt.Client;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.Mqtt.Tests.Client;

public sealed class ClientPartsTests
{
    [Fact]
    public void Backoff_doubles_its_ceiling_up_to_the_maximum_and_is_never_nothing()
    {
        var random = 1.0;
        var backoff = new ReconnectBackoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), () => random);
        Assert.Equal(TimeSpan.FromMilliseconds(1), backoff.Next());
        random = 0;
        Assert.Equal([2, 4, 5, 5], Enumerable.Range(0, 4).Select(_ => backoff.Next().TotalSeconds));
        backoff.Reset();
        random = 0.75;
        Assert.Equal(0.25, backoff.Next().TotalSeconds);
    }

    [Fact]
    public void Packet_identifiers_are_never_zero_and_not_used_twice()
    {
        var ids = new PacketIds();
        var all = Enumerable.Range(0, ushort.MaxValue).Select(_ => ids.Take()).ToHashSet();
        Assert.Equal(ushort.MaxValue, all.Count);
        Assert.DoesNotContain((ushort)0, all);
        Assert.Throws<InvalidOperationException>(() => ids.Take());
        ids.GiveBack(77);
        Assert.Equal(77, ids.Take());
    }

    [Fact]
    public void Keep_alive_pings_also_when_we_send_and_nothing_comes()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var watch = new KeepAliveWatch(TimeSpan.FromSeconds(8), clock);
        var steps = new List<KeepAliveStep>();
        for (var second = 0; second < 10; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            watch.Sent();
            steps.Add(watch.Tick());
        }

        Assert.Equal(KeepAliveStep.Ping, steps[5]);
        Assert.Equal(KeepAliveStep.Dead, steps[9]);
        Assert.Equal(8, steps.Count(step => step == KeepAliveStep.None));
    }

    [Fact]
    public void Whatever_comes_after_a_ping_is_life()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var watch = new KeepAliveWatch(TimeSpan.FromSeconds(8), clock);
        for (var round = 0; round < 3; round++)
        {
            clock.Advance(TimeSpan.FromSeconds(6));
            Assert.Equal(KeepAliveStep.Ping, watch.Tick());
            clock.Advance(TimeSpan.FromSeconds(3));
            watch.Received();
            watch.Sent();
            clock.Advance(TimeSpan.FromSeconds(3));
            Assert.Equal(KeepAliveStep.None, watch.Tick());
            clock.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
