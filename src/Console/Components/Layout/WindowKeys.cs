using EdgeEnforcement.OperatorConsole.Components.Controls;

namespace EdgeEnforcement.OperatorConsole.Components.Layout;

/// <summary>Who takes the keys of one window: the page on screen. Owned by the circuit, used on its renderer's thread only.</summary>
public sealed class WindowKeys
{
    private PageKeys? _page;

    internal void Take(PageKeys page) => _page = page;

    // The next page takes the keys before the one it replaces is disposed.
    internal void Leave(PageKeys page)
    {
        if (_page == page)
            _page = null;
    }

    internal Task PressAsync(string key) => _page?.PressAsync(key) ?? Task.CompletedTask;
}
