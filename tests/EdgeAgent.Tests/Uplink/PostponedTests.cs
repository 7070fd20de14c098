using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Uplink;
using EdgeEnforcement.EdgeAgent.Uplink.Lanes;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.EdgeAgent.Tests.Uplink;

public sealed class PostponedTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly Postponed _postponed;

    // No jitter: the waits are 1, 2, 4 ... seconds.
    public PostponedTests() =>
        _postponed = new Postponed(new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8), static () => 0), _time);

    [Fact]
    public void A_volley_told_to_come_later_begins_one_wait_and_one_record_goes_ahead_of_it()
    {
        Assert.True(_postponed.Add(5));
        Assert.False(_postponed.Add(4));
        Assert.False(_postponed.Add(6));
        Assert.Equal((true, TimeSpan.FromSeconds(1)), (_postponed.Holds, _postponed.Wait));
        Assert.Null(_postponed.Take());

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(4UL, _postponed.Take());
        Assert.Null(_postponed.Take()); // the others wait for its answer, however long
        Assert.Null(_postponed.Wait);
        Assert.True(_postponed.Answered(4));
        Assert.Equal([5UL, 6UL, null], [_postponed.Take(), _postponed.Take(), _postponed.Take()]);
        Assert.False(_postponed.Any);
    }

    [Fact]
    public void A_busy_centre_costs_one_record_per_wait_and_the_waits_grow()
    {
        for (ulong i = 1; i <= 100; i++)
            _postponed.Add(i);

        var waits = new List<double>();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            waits.Add(_postponed.Wait!.Value.TotalSeconds);
            _time.Advance(_postponed.Wait!.Value);
            Assert.Equal(1UL, _postponed.Take());
            Assert.True(_postponed.Add(1));
        }

        Assert.Equal([1, 2, 4, 8, 8], waits);
    }

    [Fact]
    public void An_answer_to_another_record_opens_nothing()
    {
        _postponed.Add(1);

        Assert.False(_postponed.Answered(2));
        Assert.True(_postponed.Holds);
    }
}
