using System.CommandLine;
using System.Text.Json;
using Disguise.Host.Experiments;
using Disguise.Host.Plugins;
using Disguise.Host.RunFolders;

namespace Disguise.Host.Commands;

/// <summary>The verbs that only print: <c>init</c>, <c>schema</c> and <c>list</c>.</summary>
internal sealed class TextVerbs(OptionSet options, Terminal terminal)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    public IReadOnlyList<Command> All() => [Init(), Schema(), List()];

    private Command Init()
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "where to write it, a folder with --plugin; else standard output",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var plugin = new Option<bool>("--plugin") { Description = "an architecture of your own" };
        var command = new Command("init", "a first experiment to edit") { file, plugin };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file);
            var json = options.Common(parsed).Json;
            return parsed.GetValue(plugin) ? InitPlugin(path, json) : Init(path, json);
        });
        return command;
    }

    private int InitPlugin(string? folder, bool json)
    {
        if (folder is null)
        {
            throw new ExperimentError(
                "init --plugin", "no folder", "init --plugin NAME, the architecture's name");
        }

        var files = FirstPlugin.Write(folder);
        if (json)
            terminal.Output.WriteLine(JsonSerializer.Serialize(new { folder, files }, Json));
        return ExitCodes.Done;
    }

    private int Init(string? file, bool json)
    {
        if (file is not null)
        {
            if (File.Exists(file) || Directory.Exists(file))
                throw new ExperimentError(file, "is there already", "a name that is free");
            Refusals.Watch(
                $"cannot write {file}",
                () =>
                {
                    using var stream = new FileStream(file, FileMode.CreateNew);
                    using var writer = new StreamWriter(stream);
                    writer.Write(FirstExperiment.Text);
                    return 0;
                }
            );
        }

        if (json)
        {
            var answer = new { File = file, Experiment = FirstExperiment.Text };
            terminal.Output.WriteLine(JsonSerializer.Serialize(answer, Json));
        }
        else if (file is null)
        {
            terminal.Output.Write(FirstExperiment.Text);
        }

        return ExitCodes.Done;
    }

    private Command Schema()
    {
        var command = new Command("schema", "the JSON schema of an experiment file");
        command.SetAction(_ =>
        {
            terminal.Output.WriteLine(ExperimentSchema.Write());
            return ExitCodes.Done;
        });
        return command;
    }

    private Command List()
    {
        var kind = new Argument<string>("KIND")
        {
            Description = $"{string.Join(" | ", Listings.Kinds)} | {Listings.Targets} FILE",
        };
        var file = new Argument<string?>("FILE")
        {
            Description = "an experiment file, for targets",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("list", "names that an experiment may use") { kind, file };
        command.SetAction(parsed =>
        {
            var common = options.Common(parsed);
            Print(
                Entries(parsed.GetRequiredValue(kind), parsed.GetValue(file), common),
                common.Json
            );
            return ExitCodes.Done;
        });
        return command;
    }

    private static IReadOnlyList<Listing> Entries(string kind, string? file, CommonOptions common)
    {
        if (kind != Listings.Targets)
            return file is null
                ? Listings.Of(kind)
                : Listings.Of(kind, ExperimentReader.CatalogOf(file));
        if (file is null)
            throw new ExperimentError("list targets", "no experiment file", "list targets FILE");
        var experiment = ExperimentReader.Read(file, common.Overrides());
        return [.. experiment.Addresses.Groups().Select(group => new Listing(group, ""))];
    }

    private void Print(IReadOnlyList<Listing> entries, bool json)
    {
        if (json)
        {
            terminal.Output.WriteLine(JsonSerializer.Serialize(entries, Json));
            return;
        }

        var width = entries.Max(entry => entry.Name.Length);
        foreach (var entry in entries)
            terminal.Output.WriteLine(
                $"{entry.Name.PadRight(width)}  {entry.Description}".TrimEnd()
            );
    }
}
