using Disguise.Host.Experiments.Addresses;
using Disguise.Host.Experiments.Keys;

namespace Disguise.Host.Experiments;

/// <summary>Makes client groups out of checked values.</summary>
internal sealed class ClientBinder(AddressBook machines, IReadOnlyList<string> clients, ulong seed)
{
    public ClientGroup Bind(SectionValues client)
    {
        var application = client.Get<ApplicationSettings>("app");
        var targets = Targets(client, application);
        var rate = Either<decimal>(client, application, "rate");
        var arrivals = EitherText(client, application, "arrivals");
        if (rate is not null && application.Has("outstanding"))
            throw client.Error(
                "app",
                "outstanding and rate are both given",
                "outstanding (closed loop) or rate (open loop)"
            );
        if (client.IsGiven("rate") && application.Kind == "pcap-replay")
            throw client.Error("rate", "a capture has its own times", "speed in app");
        if (arrivals is not null && rate is null)
            throw client.Error(
                client.Has("arrivals") ? "arrivals" : "app",
                "arrivals without a rate",
                "rate: 100000/s beside it"
            );
        var count = client.FindValue<long>("count") ?? Math.Max(1, targets.Count);
        if (count > KeyTable.MostMembers)
            throw client.Position.Error(
                $"{client.Path} has no count and {count} targets",
                $"count: 1 to {KeyTable.MostMembers}"
            );
        return new ClientGroup
        {
            Name = client.Get<string>("name"),
            Count = (int)count,
            Application = application,
            Targets = targets,
            Choice = Either<TargetChoice>(client, application, "choose") ?? TargetChoice.Modulo,
            RequestsPerSecond = rate,
            EvenArrivals = arrivals == "even",
        };
    }

    private IReadOnlyList<Thing> Targets(SectionValues client, ApplicationSettings application)
    {
        if (!application.Has("target"))
            return [];
        var address = application.Get<Address>("target");
        if (clients.Contains(address.Segments[0].Name))
            throw client.Error("app", $"target {address} is a client", "tenants");
        return machines.ResolveTargets(address, seed, client.Where("app").ToString());
    }

    /// <summary>A setting that may stand beside <c>app:</c> or in it, but not in both.</summary>
    private static T? Either<T>(SectionValues client, ApplicationSettings application, string key)
        where T : struct
    {
        CheckOnce(client, application, key);
        return application.Has(key) ? application.Get<T>(key) : client.FindValue<T>(key);
    }

    private static string? EitherText(
        SectionValues client,
        ApplicationSettings application,
        string key
    )
    {
        CheckOnce(client, application, key);
        return application.Has(key) ? application.Text(key) : client.Find<string>(key);
    }

    private static void CheckOnce(SectionValues client, ApplicationSettings application, string key)
    {
        if (application.Has(key) && client.Has(key))
            throw client.Error(key, "given in app too", "one of them");
    }
}
