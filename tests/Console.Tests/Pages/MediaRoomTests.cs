using System.Net;
using System.Net.Http.Headers;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.OperatorConsole.Tests.Fake;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Pages;

public sealed class MediaRoomTests(DutyRoomStack stack) : IClassFixture<DutyRoomStack>
{
    [Fact]
    public async Task Footage_plays_and_its_proof_is_one_word()
    {
        var index = AddVideo("plays.mp4");
        var page = await stack.OpenAsync($"/media-items/{index}");

        await Expect(page.Locator("[data-verdict=Passed] .verdict")).ToHaveTextAsync("校验通过");
        await page.EvaluateAsync("() => { const v = document.querySelector('video'); v.muted = true; return v.play(); }");
        await page.WaitForFunctionAsync("() => document.querySelector('video').currentTime > 0.3");
        Assert.Equal(4, await page.EvaluateAsync<double>("() => document.querySelector('video').duration"), tolerance: 0.2);

        await page.Locator("[data-proof=details] summary").ClickAsync();
        foreach (var step in new[] { "LEAF", "COMMITMENT", "MANIFEST", "KEY", "CHECKPOINT", "CONSISTENCY", "INCLUSION", "FILE", "CHUNKS" })
            await Expect(page.Locator($"[data-step={step}][data-passed=true]").First).ToBeVisibleAsync();
        await Expect(page.Locator("[data-custody=StationCopied]")).ToContainTextAsync("采集站已复制并校验");
        await Expect(page.Locator("[data-chain=intact]")).ToBeVisibleAsync();
        await DutyRoomStack.LookAsync(page, "media");
    }

    [Fact]
    public async Task A_changed_file_is_found_here_even_when_the_service_says_all_is_well()
    {
        var index = AddVideo("changed.mp4");
        var page = await stack.OpenAsync($"/media-items/{index}");
        await Expect(page.Locator("[data-verdict=Passed]")).ToBeVisibleAsync();
        lock (stack.World.Gate)
        {
            var changed = stack.World.Files[index].ToArray();
            changed[changed.Length / 2] ^= 1;
            stack.World.Files[index] = changed;
        }

        await page.Locator("[data-act=recheck]").ClickAsync();

        await Expect(page.Locator("[data-verdict=Failed] .verdict")).ToHaveTextAsync("不符");
        await page.Locator("[data-proof=details] summary").ClickAsync();
        await Expect(page.Locator("[data-step=FILE][data-passed=false]")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-step=INCLUSION][data-passed=true]")).ToHaveCountAsync(2);
        await DutyRoomStack.LookAsync(page, "media-changed");
    }

    [Fact]
    public async Task Other_bytes_under_the_old_leaf_do_not_match_its_commitment()
    {
        var index = AddVideo("forged.mp4");
        lock (stack.World.Gate)
            stack.World.Book.ForgeEnvelope(index, UnsignedEnvelope.Seal(new Record { MediaManifest = stack.World.Media[index].Manifest.Clone() }));
        var page = await stack.OpenAsync($"/media-items/{index}");

        await Expect(page.Locator("[data-verdict=Failed]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-step=COMMITMENT][data-passed=false]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_page_given_other_facts_than_were_signed_says_so()
    {
        var index = AddVideo("other-facts.mp4");
        lock (stack.World.Gate)
            stack.World.Media[index].Manifest.Officer = "000999";
        var page = await stack.OpenAsync($"/media-items/{index}");

        await Expect(page.Locator("[data-verdict=Failed]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-step=MANIFEST][data-passed=false]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_services_own_failure_is_enough()
    {
        var index = AddVideo("service-fails.mp4");
        stack.World.ServiceCheckPasses = false;
        try
        {
            var page = await stack.OpenAsync($"/media-items/{index}");
            await Expect(page.Locator("[data-verdict=Failed]")).ToBeVisibleAsync();
        }
        finally
        {
            stack.World.ServiceCheckPasses = true;
        }
    }

    [Fact]
    public async Task Footage_that_has_not_arrived_is_neither_verified_nor_wrong()
    {
        var index = stack.World.AddMedia("DCIM/later.mp4", Footage.Video, MediaKind.Video, MediaState.Anchored);
        var page = await stack.OpenAsync($"/media-items/{index}");
        await Expect(page.Locator("[data-verdict=NotYet] .verdict")).ToHaveTextAsync("未到");
        await Expect(page.Locator("video")).ToHaveCountAsync(0);

        lock (stack.World.Gate)
        {
            stack.World.Media[index].Row.State = MediaState.Stored;
            stack.World.Append(new Record { MediaStored = new MediaStored { ManifestIndex = index } }, LeafOrigin.Ledger);
        }

        await Expect(page.Locator("[data-verdict=Passed]")).ToBeVisibleAsync();
        await Expect(page.Locator("video")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Bytes_that_arrive_while_the_check_runs_are_checked_after_it()
    {
        var index = stack.World.AddMedia("DCIM/meanwhile.mp4", Footage.Video, MediaKind.Video, MediaState.Anchored);
        var flow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stack.World.EntriesFlow = flow.Task;
        try
        {
            var page = await stack.OpenAsync($"/media-items/{index}");
            await Expect(page.Locator("[data-verdict=Checking]")).ToBeVisibleAsync();
            lock (stack.World.Gate)
            {
                stack.World.Media[index].Row.State = MediaState.Stored;
                stack.World.Append(new Record { MediaStored = new MediaStored { ManifestIndex = index } }, LeafOrigin.Ledger);
            }
            await Expect(page.Locator("video")).ToHaveCountAsync(1); // the page knows that they are here

            flow.SetResult();

            await Expect(page.Locator("[data-verdict=Passed]")).ToBeVisibleAsync();
        }
        finally
        {
            flow.TrySetResult();
        }
    }

    [Fact]
    public async Task A_photo_is_shown()
    {
        var index = stack.World.AddMedia("PHOTO/a.jpg", Footage.Photo, MediaKind.Photo, MediaState.Stored);
        var page = await stack.OpenAsync($"/media-items/{index}", language: "c%3Den%7Cuic%3Den");

        await Expect(page.Locator(".verdict")).ToHaveTextAsync("verified");
        await page.WaitForFunctionAsync("() => document.querySelector('.player img').naturalWidth === 1280");
    }

    [Fact]
    public async Task Ranges_pass_through_the_console()
    {
        var index = AddVideo("ranges.mp4");
        var whole = Footage.Video;
        using var client = new HttpClient { BaseAddress = new Uri(stack.Address) };

        using var part = await GetAsync(client, index, new RangeHeaderValue(1000, 1999));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal($"bytes 1000-1999/{whole.Length}", part.Content.Headers.ContentRange!.ToString());
        Assert.Equal(whole[1000..2000], await part.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

        using var beyond = await GetAsync(client, index, new RangeHeaderValue(whole.Length + 1L, null));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);

        using var changed = await GetAsync(client, index, new RangeHeaderValue(0, 9), "\"another\"");
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        using var same = await GetAsync(client, index, new RangeHeaderValue(0, 9), $"\"m{index}\"");
        Assert.Equal(HttpStatusCode.PartialContent, same.StatusCode);

        using var full = await GetAsync(client, index, range: null);
        Assert.Equal("bytes", string.Join("", full.Headers.AcceptRanges));
        Assert.Equal("video/mp4", full.Content.Headers.ContentType!.MediaType);
        Assert.Equal(whole, await full.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

        using var missing = await client.GetAsync("media/999999", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    private ulong AddVideo(string name) => stack.World.AddMedia("DCIM/" + name, Footage.Video, MediaKind.Video, MediaState.Stored);

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, ulong index, RangeHeaderValue? range, string? ifRange = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"media/{index}");
        request.Headers.Range = range;
        if (ifRange is not null)
            request.Headers.IfRange = new RangeConditionHeaderValue(ifRange);
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
