#pragma warning disable BL0006 // Only a renderer's edits tell what happens to a box in the browser: the public surface renders text.
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Components.Controls;
using EdgeEnforcement.OperatorConsole.Views.Forms;
using EdgeEnforcement.OperatorConsole.Views.Registers;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.HtmlRendering.Infrastructure;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeEnforcement.OperatorConsole.Tests.Controls;

public sealed class FormFieldsKeepTheirBoxesTests
{
    // What was typed lives in the browser's box until it is left. A box that is made another field's takes that text along, or loses it.
    [Fact]
    public async Task A_box_stays_its_fields_own_when_one_above_it_turns_into_a_list()
    {
        var offered = false;
        Dictionary<string, object?> parameters = new()
        {
            [nameof(MessageFields.Message)] = new Substitution(),
            [nameof(MessageFields.Choices)] = new RegisterChoices(null!, null!), // nothing is read: subjects are typed
            [nameof(MessageFields.Words)] = new FormWords(field => field.Name, value => value),
            [nameof(MessageFields.Offers)] = (string field, string value) => offered,
        };
        await using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        await using var renderer = new EditsRenderer(services);
        await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var form = await renderer.DrawAsync(null, parameters);
            offered = true;
            await renderer.DrawAsync(form, parameters);
        });

        Assert.Equal(1, renderer.Removed);  // the box of the roles,
        Assert.Equal(1, renderer.Inserted); // which is a list now
        Assert.Empty(renderer.Renamed);
    }

    private sealed class EditsRenderer(IServiceProvider services) : StaticHtmlRenderer(services, NullLoggerFactory.Instance)
    {
        public int Removed { get; private set; }

        public int Inserted { get; private set; }

        public List<string> Renamed { get; } = [];

        public async Task<int> DrawAsync(int? drawn, Dictionary<string, object?> parameters)
        {
            var component = drawn ?? AssignRootComponentId(InstantiateComponent(typeof(MessageFields)));
            (Removed, Inserted) = (0, 0);
            await RenderRootComponentAsync(component, ParameterView.FromDictionary(parameters));
            return component;
        }

        protected override Task UpdateDisplayAsync(in RenderBatch renderBatch)
        {
            var diff = renderBatch.UpdatedComponents.Array[0];
            foreach (var edit in diff.Edits)
            {
                Removed += edit.Type == RenderTreeEditType.RemoveFrame ? 1 : 0;
                Inserted += edit.Type == RenderTreeEditType.PrependFrame ? 1 : 0;
                if (edit.Type == RenderTreeEditType.SetAttribute && renderBatch.ReferenceFrames.Array[edit.ReferenceFrameIndex] is { AttributeName: "name" } name)
                    Renamed.Add($"{name.AttributeValue}");
            }
            return base.UpdateDisplayAsync(renderBatch);
        }
    }
}
