using EdgeEnforcement.OperatorConsole.Components;
using EdgeEnforcement.OperatorConsole.Desk.Feed;
using EdgeEnforcement.OperatorConsole.Hosting;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using DeskClient = EdgeEnforcement.Contracts.V1.Desk.DeskClient;

namespace EdgeEnforcement.OperatorConsole.Tests.Components;

public sealed class LivePageTests
{
    /// <summary>The feed's read of an older address came back after the click's own, and its rows stayed on the screen.</summary>
    [Fact]
    public async Task What_was_asked_for_last_is_what_stays_on_the_screen()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var channel = GrpcChannel.ForAddress("http://127.0.0.1:1");
        using var feed = new FeedWatcher(new DeskClient(channel), Options.Create(new ConsoleOptions()), TimeProvider.System, NullLogger<FeedWatcher>.Instance);
        await using var services = new ServiceCollection().AddLogging().AddSingleton(feed).AddSingleton(TimeProvider.System).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var desk = new SlowDesk();

        await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = renderer.BeginRenderingComponent<ListPage>(Asking("leads", desk));
            var page = desk.Page!;
            // The feed's first read is under way, and a person chooses another list.
            await desk.FirstAsked.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellation);
            var clicked = page.SetParametersAsync(Asking("all", desk));
            desk.AnswerFirst.SetResult();
            await clicked.WaitAsync(TimeSpan.FromSeconds(30), cancellation);
            await root.QuiescenceTask;

            Assert.Equal(["leads", "all"], desk.Answered);
            Assert.Equal("all", page.Shown);
        });
    }

    private static ParameterView Asking(string list, SlowDesk desk) =>
        ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(ListPage.List)] = list, [nameof(ListPage.Desk)] = desk });

    /// <summary>The first answer is late, all others come at once.</summary>
    private sealed class SlowDesk
    {
        public TaskCompletionSource FirstAsked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource AnswerFirst { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Answered { get; } = [];

        public ListPage? Page { get; set; }

        public async Task<string> ReadAsync(string list)
        {
            if (FirstAsked.TrySetResult())
                await AnswerFirst.Task;
            Answered.Add(list);
            return list;
        }
    }

    private sealed class ListPage : LivePage
    {
        [Parameter]
        public string List { get; set; } = "";

        [Parameter]
        public SlowDesk Desk { get; set; } = null!; // given by the test

        public string Shown { get; private set; } = "";

        protected override void OnInitialized()
        {
            Desk.Page = this;
            base.OnInitialized();
        }

        protected override async Task ReadAsync(ulong atLeast) => Shown = await Desk.ReadAsync(List);
    }
}
