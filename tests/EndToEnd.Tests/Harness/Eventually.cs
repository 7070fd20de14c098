namespace EdgeEnforcement.EndToEnd.Tests.Harness;

internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks until the answer is not null; fails with the description and the last error after the limit.</summary>
    /// <param name="inSight">What somebody who looks into the failure wants to see: a program's output.</param>
    public static async Task<T> Gives<T>(string what, TimeSpan limit, Func<Task<T?>> ask, Func<string>? inSight = null) where T : class
    {
        var started = TimeProvider.System.GetTimestamp();
        Exception? last = null;
        while (TimeProvider.System.GetElapsedTime(started) < limit)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (await ask() is { } answer)
                    return answer;
            }
            catch (Exception failed) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                last = failed;
            }

            await Task.Delay(Interval, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"not within {limit}: {what}\n{inSight?.Invoke()}", last);
    }

    public static Task Holds(string what, TimeSpan limit, Func<Task<bool>> ask, Func<string>? inSight = null) =>
        Gives(what, limit, async () => await ask() ? "yes" : null, inSight);
}
