using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;

namespace Disguise.Actors.Tests.Islands;

/// <summary>One island with a root of scripted actors, and a list of what they noted.</summary>
internal sealed class Lab : IDisposable
{
    private readonly List<string> notes = [];

    public Lab(bool direct = true, IslandOptions? options = null)
    {
        options ??= new IslandOptions();
        Emulation = new Emulation(new EmulationOptions
        {
            Islands = options with { DirectInvocation = direct },
        });
        Island = Emulation.AddIsland("lab");
    }

    public Emulation Emulation { get; }

    public Island Island { get; }

    public string Notes => string.Join(' ', notes);

    public void Note(string text) => notes.Add(text);

    public IslandActorRef Root(Func<Scripted> make) =>
        Island.SpawnRoot(ActorProps.Of(make), "root");

    /// <summary>A root that has the children named, each noting the texts it is told.</summary>
    public IslandActorRef[] Listeners(params string[] names)
    {
        var made = new IslandActorRef[names.Length];
        Root(() => new Scripted
        {
            Starts = me =>
            {
                for (var index = 0; index < names.Length; index++)
                {
                    var name = names[index];
                    made[index] = me.Make(name, () => new Scripted
                    {
                        On = (_, message) => Note($"{name}:{((Said)message).Text}"),
                    });
                }
            },
        });
        return made;
    }

    public string RunUntil(long untilPs)
    {
        Emulation.Run(untilPs);
        return Notes;
    }

    public void Dispose() => Emulation.Dispose();
}
