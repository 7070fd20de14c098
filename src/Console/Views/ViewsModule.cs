using EdgeEnforcement.OperatorConsole.Views.Inspections;
using EdgeEnforcement.OperatorConsole.Views.Procedure;
using EdgeEnforcement.OperatorConsole.Views.Registers;

namespace EdgeEnforcement.OperatorConsole.Views;

internal static class ViewsModule
{
    public static void AddViews(this IServiceCollection services)
    {
        services.AddScoped<LastClosing>();
        services.AddTransient<TriageView>();
        services.AddTransient<DutyBoardView>();
        services.AddTransient<AlertView>();
        services.AddTransient<AlertsView>();
        services.AddTransient<SampleView>();
        services.AddTransient<DevicesView>();
        services.AddTransient<CaseView>();
        services.AddTransient<CasesView>();
        services.AddTransient<MediaView>();
        services.AddTransient<MediaItemsView>();
        services.AddTransient<StationsView>();
        services.AddTransient<StationView>();
        services.AddTransient<ErasureView>();
        services.AddTransient<ErasuresView>();
        services.AddTransient<RegisterEditView>();
        services.AddTransient<RegisterChoices>();
        services.AddTransient<ActChoices>();
        services.AddTransient<SubjectsView>();
        services.AddTransient<UnitsView>();
        services.AddTransient<OfficersView>();
        services.AddTransient<OfficerView>();
        services.AddTransient<RegisteredDevicesView>();
        services.AddTransient<RegisteredDeviceView>();
        services.AddTransient<AgentConfigurationView>();
        services.AddTransient<ObjectsView>();
        services.AddTransient<ObjectView>();
        services.AddTransient<CalendarsView>();
        services.AddTransient<TerritoriesView>();
        services.AddTransient<WorkView>();
        services.AddTransient<ProcessView>();
        services.AddTransient<ActDraft>();
        services.AddTransient<RulesBookView>();
        services.AddTransient<InspectionsView>();
        services.AddTransient<InspectionRoomView>();
        services.AddTransient<InspectionDraft>();
    }
}
