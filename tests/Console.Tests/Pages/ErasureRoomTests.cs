using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Identity;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeEnforcement.OperatorConsole.Tests.Pages;

public sealed class ErasureRoomTests(DutyRoomStack stack) : IClassFixture<DutyRoomStack>
{
    private const string Reason = "保存期限届满，当事人申请删除";
    private const string Article = "个人信息保护法第四十七条";

    private static readonly OperatorIdentity LiQiang = new("000203", "李强", "渝中区水利执法大队");
    private static readonly OperatorIdentity ChenJing = new("000301", "陈静", "渝中区水利局法制科");

    [Fact]
    public async Task A_file_is_erased_by_three_people_and_its_page_says_so()
    {
        var index = stack.World.AddMedia("DCIM/DSJ000231_000117_20231121_201402.MP4", Footage.Video, MediaKind.Video, MediaState.Stored);
        var media = await stack.OpenAsync($"/media-items/{index}");
        await Expect(media.Locator("video")).ToHaveCountAsync(1);
        await media.Keyboard.PressAsync("d");
        await Expect(media.Locator("[data-dialog=ask-erasure]")).ToContainTextAsync("DSJ000231_000117_20231121_201402.MP4");
        await Expect(media.Locator("input[name=erasure-ranges]")).ToHaveValueAsync($"#{index}");
        await FillAsync(media);
        await DutyRoomStack.LookAsync(media, "erasure-ask");
        await media.Locator("[data-dialog=ask-erasure] button[type=submit]").ClickAsync();

        await Expect(media.Locator("[data-erasure-state=Requested]")).ToBeVisibleAsync();
        var id = Uri.UnescapeDataString(new Uri(media.Url).Segments[^1]);
        await Expect(media.Locator($"[data-item='{index}']")).ToContainTextAsync("DSJ000231_000117_20231121_201402.MP4");
        await Expect(media.Locator($"[data-item='{index}']")).ToContainTextAsync("申请所列");
        await Expect(media.Locator("[data-list=erasure-items]")).ToContainTextAsync("保管记录");
        await Expect(media.Locator("[data-hindrance='Erasure.OwnRequest']").First).ToContainTextAsync("须由另外两人同意");

        var first = await OpenErasureAsync(id, LiQiang);
        await ApproveByKeyboardAsync(first);
        await Expect(first.Locator("[data-erasure-state=ApprovedOnce]")).ToBeVisibleAsync();

        var second = await OpenErasureAsync(id, ChenJing);
        await Expect(second.Locator("[data-approvals='1'] [data-step-of=erasure_approved]")).ToContainTextAsync("李强");
        await second.Keyboard.PressAsync("a");
        await Expect(second.Locator("[data-panel=approve]")).ToContainTextAsync("不可撤销");
        await Expect(second.Locator("[data-panel=approve]")).ToContainTextAsync("DSJ000231_000117_20231121_201402.MP4");
        await DutyRoomStack.LookAsync(second, "erasure-confirm");
        await second.Locator("[data-panel=approve] button[type=submit]").ClickAsync(); // the box is not ticked: the browser asks for it
        await Expect(second.Locator("input[name=sure]:invalid")).ToHaveCountAsync(1);
        await second.Locator("input[name=sure]").CheckAsync();
        await second.Locator("[data-panel=approve] button[type=submit]").ClickAsync();

        await Expect(second.Locator("[data-erasure-state=Erased]")).ToBeVisibleAsync();
        var leaf = await second.Locator("[data-leaf]").GetAttributeAsync("data-leaf");
        await Expect(second.Locator($"[data-item='{index}']")).ToContainTextAsync("已删除");
        await Expect(second.Locator("main")).Not.ToContainTextAsync("DSJ000231_000117_20231121_201402.MP4");
        await DutyRoomStack.LookAsync(second, "erasure");

        await second.Locator($"[data-item='{index}'] a").ClickAsync();
        await Expect(second.Locator($"[data-erased='{leaf}']")).ToContainTextAsync("已依法删除");
        await Expect(second.Locator($"[data-erased='{leaf}'] a")).ToHaveTextAsync(id);
        await Expect(second.Locator("video")).ToHaveCountAsync(0);
        await Expect(second.Locator("[data-verdict=Erased]")).ToBeVisibleAsync();
        await Expect(second.Locator("[data-step=DELETION][data-passed=true]")).ToHaveCountAsync(1);
        await DutyRoomStack.LookAsync(second, "media-erased");
    }

    [Fact]
    public async Task Footage_that_is_being_watched_leaves_the_screen_when_it_is_erased()
    {
        var index = stack.World.AddMedia("DCIM/watched.mp4", Footage.Video, MediaKind.Video, MediaState.Stored);
        var page = await stack.OpenAsync($"/media-items/{index}");
        await Expect(page.Locator("video")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-verdict=Passed]")).ToBeVisibleAsync();

        var leaf = Erase(index);

        await Expect(page.Locator($"[data-erased='{leaf}']")).ToBeVisibleAsync();
        await Expect(page.Locator("video")).ToHaveCountAsync(0);
        await Expect(page.Locator("main")).Not.ToContainTextAsync("watched.mp4");
        await page.GotoAsync("/media-items");
        await Expect(page.Locator($"a[href='media-items/{index}']")).ToHaveTextAsync($"#{index}");
    }

    [Fact]
    public async Task An_alert_that_is_erased_leaves_the_screen_too_and_later_is_simply_unknown()
    {
        stack.World.AddAlert("erase-alert", "含个人信息的告警", AlertSeverity.Warning, TimeSpan.FromDays(9), description: "某某某，渝A8T305");
        var page = await stack.OpenAsync("/alerts/erase-alert");
        await Expect(page.Locator("h1")).ToHaveTextAsync("含个人信息的告警");
        await page.Locator("[data-act=ask-erasure]").ClickAsync();
        await Expect(page.Locator("[data-dialog=ask-erasure]")).ToContainTextAsync("含个人信息的告警");
        await page.Locator("[data-dialog=ask-erasure] button.plain").ClickAsync();
        await Expect(page.Locator("[data-dialog=ask-erasure]")).ToHaveCountAsync(0);

        var leaf = Erase(stack.World.Alerts["erase-alert"].Timeline[0].EntryIndex);

        await Expect(page.Locator($"[data-erased='{leaf}']")).ToContainTextAsync("已依法删除");
        await Expect(page.Locator("main")).Not.ToContainTextAsync("渝A8T305");
        await page.ReloadAsync();
        await Expect(page.Locator("[data-trouble=NotFound]")).ToContainTextAsync("或已依法删除");
        await page.Locator("[data-trouble=NotFound] a").ClickAsync();
        await Expect(page.Locator("[data-list=erasures]")).ToContainTextAsync(Article);
    }

    [Fact]
    public async Task Whoever_asked_and_whoever_approved_is_refused_in_words()
    {
        var id = Request(AddPhoto("PHOTO/refused.jpg"), DutyRoomStack.ZhouMin);
        var requester = await OpenErasureAsync(id, DutyRoomStack.ZhouMin);
        await ApproveByKeyboardAsync(requester);
        await Expect(requester.Locator("[data-notice=Refused]")).ToContainTextAsync("您是申请人：须由另外两人同意。");
        await DutyRoomStack.LookAsync(requester, "erasure-refused");

        var approver = await OpenErasureAsync(id, LiQiang);
        await ApproveByKeyboardAsync(approver);
        await Expect(approver.Locator("[data-erasure-state=ApprovedOnce]")).ToBeVisibleAsync();
        await ApproveByKeyboardAsync(approver);
        await Expect(approver.Locator("[data-notice=Refused]")).ToContainTextAsync("第二次同意须由另一人作出");

        Assert.Equal(ErasureState.ApprovedOnce, Row(id).State);
        Assert.Equal([$"erasure_approved {id} 000203"], stack.World.Acts.Where(act => act.StartsWith($"erasure_approved {id} ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_first_approval_never_becomes_the_second_because_another_was_quicker()
    {
        var id = Request(AddPhoto("PHOTO/quicker.jpg"), DutyRoomStack.ZhouMin);
        var page = await OpenErasureAsync(id, ChenJing);
        await page.Keyboard.PressAsync("a");
        await Expect(page.Locator("[data-panel=approve]")).ToBeVisibleAsync();
        lock (stack.World.Gate)
            stack.World.Erasures.Approve(LiQiang.ToActor(), id, 1);
        await Expect(page.Locator("[data-erasure-state=ApprovedOnce]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-panel=approve]")).Not.ToContainTextAsync("不可撤销");

        await page.Locator("input[name=sure]").CheckAsync();
        await page.Locator("[data-panel=approve] button[type=submit]").ClickAsync();

        await Expect(page.Locator("[data-notice=Conflict]")).ToContainTextAsync("您看到之后已有变化");
        Assert.Equal((ErasureState.ApprovedOnce, 2UL), (Row(id).State, Row(id).Version));
    }

    [Fact]
    public async Task An_approver_who_looks_at_the_file_does_not_make_the_request_void()
    {
        var index = AddPhoto("PHOTO/looked-at.jpg");
        var id = Request(index, DutyRoomStack.ZhouMin);
        var page = await OpenErasureAsync(id, LiQiang);
        await page.Locator($"[data-item='{index}'] a").ClickAsync();
        await Expect(page.Locator("[data-verdict=Passed]")).ToBeVisibleAsync();
        await page.Locator("[data-proof=details] summary").ClickAsync();

        await Expect(page.Locator("[data-proof=details]")).ToContainTextAsync("使申请失效");
        Assert.DoesNotContain($"evidence_checked {index}", stack.World.Acts); // what the service would write about the file
        lock (stack.World.Gate)
            stack.World.Erasures.Withdraw(DutyRoomStack.ZhouMin.ToActor(), id, 1, "查看完毕");
        await page.Locator("[data-act=recheck]").ClickAsync();
        await Expect(page.Locator("[data-step=FILE][data-passed=true]")).ToHaveCountAsync(2);
        Assert.Contains($"evidence_checked {index}", stack.World.Acts);
    }

    [Fact]
    public async Task A_request_is_withdrawn_with_a_reason_and_cannot_be_approved_any_more()
    {
        var id = Request(AddPhoto("PHOTO/withdrawn.jpg"), DutyRoomStack.ZhouMin);
        var page = await OpenErasureAsync(id, LiQiang);
        await page.Keyboard.PressAsync("w");
        await Expect(page.Locator("input[name=withdraw-reason]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("仍在诉讼时效内");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("[data-erasure-state=Withdrawn]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-act=approve]")).ToHaveCountAsync(0);
        Assert.Contains($"erasure_withdrawn {id} 000203 仍在诉讼时效内", stack.World.Acts);

        await page.Keyboard.PressAsync("Escape"); // the notice
        await Expect(page.Locator("[data-notice]")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Escape"); // the page
        await Expect(page.Locator($"[data-erasure='{id}']")).ToContainTextAsync("已撤回");
        await DutyRoomStack.LookAsync(page, "erasures");
    }

    [Fact]
    public async Task Evidence_of_a_case_is_held_and_the_dialog_says_so_before_and_after()
    {
        var index = AddPhoto("PHOTO/held.jpg");
        var caseId = stack.World.AddCase("冻结案1", "冻结", (index, AttachReason.Operator, "现场"));
        var page = await stack.OpenAsync($"/media-items/{index}");
        await page.Locator("[data-act=ask-erasure]").ClickAsync();
        await Expect(page.Locator("[data-hold]")).ToContainTextAsync(caseId);
        await FillAsync(page);
        await page.Locator("[data-dialog=ask-erasure] button[type=submit]").ClickAsync();

        await Expect(page.Locator("[data-dialog=ask-erasure] [data-notice=Refused]")).ToContainTextAsync("流程不允许此步骤");
        await Expect(page.Locator("input[name=erasure-reason]")).ToHaveValueAsync(Reason); // nothing has to be typed again
    }

    [Fact]
    public async Task A_deletion_that_no_leaf_orders_is_not_believed()
    {
        var index = AddPhoto("PHOTO/lost.jpg");
        lock (stack.World.Gate)
        {
            // A service that lost the file and says that it was deleted, naming some entry of the ledger.
            stack.World.Book.Erase(index);
            stack.World.Media[index] = new MediaDetail
            {
                Row = new MediaRow { ManifestIndex = index, State = MediaState.Erased },
                Timeline = { new TimelineItem { EntryIndex = index + 1, Kind = "erased" } },
            };
        }
        var page = await stack.OpenAsync($"/media-items/{index}");

        await Expect(page.Locator("[data-verdict=Failed]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-step=DELETION][data-passed=false]")).ToHaveCountAsync(1);
    }

    private static async Task FillAsync(IPage page)
    {
        await Expect(page.Locator("input[name=erasure-reason]")).ToBeFocusedAsync(); // typing begins when the dialog has set its focus
        await page.FillAsync("input[name=erasure-reason]", Reason);
        await page.FillAsync("input[name=erasure-article]", Article);
    }

    private static async Task ApproveByKeyboardAsync(IPage page)
    {
        await page.Keyboard.PressAsync("a");
        await Expect(page.Locator("input[name=sure]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-panel=approve]")).ToHaveCountAsync(0);
    }

    private async Task<IPage> OpenErasureAsync(string id, OperatorIdentity who)
    {
        var page = await stack.OpenAsync($"/erasures/{id}", who);
        await Expect(page.Locator("[data-erasure-state]")).ToBeVisibleAsync();
        return page;
    }

    private ulong AddPhoto(string path) => stack.World.AddMedia(path, Footage.Photo, MediaKind.Photo, MediaState.Stored);

    private string Request(ulong index, OperatorIdentity who)
    {
        lock (stack.World.Gate)
            return stack.World.Erasures.Request(who.ToActor(), [new EntryRange { First = index, Last = index }], Reason, Article).Row.ErasureId;
    }

    private ulong Erase(ulong index)
    {
        lock (stack.World.Gate)
        {
            var id = Request(index, DutyRoomStack.ZhouMin);
            stack.World.Erasures.Approve(LiQiang.ToActor(), id, 1);
            return stack.World.Erasures.Approve(ChenJing.ToActor(), id, 2).Row.ErasedIndex;
        }
    }

    private ErasureRow Row(string id)
    {
        lock (stack.World.Gate)
            return stack.World.Erasures.All[id].Row.Clone();
    }
}
