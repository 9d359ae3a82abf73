using System.CommandLine;
using Disguise.Host.Experiments;
using Disguise.Kernels.Abstractions;

namespace Disguise.Host.Commands;

/// <summary>
/// Runs one command line: finds the verb, runs it, and turns whatever went wrong into one line on
/// standard error and the exit code that stands for it.
/// </summary>
public static class DisguiseCommand
{
    /// <summary>Runs a command line and gives its exit code; it throws nothing.</summary>
    /// <param name="arguments">The verb and its arguments.</param>
    /// <param name="handlers">The verbs that run something.</param>
    /// <param name="terminal">Where results and notes go.</param>
    public static int Run(IReadOnlyList<string> arguments, VerbHandlers handlers, Terminal terminal)
    {
        try
        {
            return Dispatch(arguments, handlers, terminal);
        }
        catch (ExperimentError error)
        {
            terminal.Error.WriteLine(error.Message);
            return ExitCodes.BadInput;
        }
        catch (SurroundingsRefuseException refusal)
        {
            terminal.Error.WriteLine(refusal.Message);
            return ExitCodes.SurroundingsRefuse;
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine("disguise: interrupted");
            return ExitCodes.Interrupted;
        }
        catch (Exception failure)
            when (MachineTooSmallException.Behind(failure) is { } tooSmall)
        {
            terminal.Error.WriteLine(tooSmall.Message);
            return ExitCodes.BadInput;
        }
        catch (Exception bug)
        {
            CrashFile.Report(bug, arguments, terminal.Error);
            return ExitCodes.OurBug;
        }
    }

    private static int Dispatch(
        IReadOnlyList<string> arguments,
        VerbHandlers handlers,
        Terminal terminal
    )
    {
        var root = new VerbTable(new OptionSet(arguments), handlers, terminal).Root();
        if (arguments.Count == 0)
            arguments = ["--help"];
        var parsed = root.Parse(
            arguments,
            new ParserConfiguration
            {
                ResponseFileTokenReplacer = null,
                EnablePosixBundling = false,
            }
        );
        if (parsed.Errors.Count > 0)
            throw Bad(parsed, root);
        return parsed.Invoke(
            new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            }
        );
    }

    /// <summary>The one line for a command line that means nothing.</summary>
    private static ExperimentError Bad(ParseResult parsed, RootCommand root)
    {
        var command = parsed.CommandResult.Command;
        var verbs = root.Subcommands.Select(verb => verb.Name).ToList();
        var names = command == root ? verbs : [.. command.Options.Select(option => option.Name)];
        var where = command == root ? "disguise" : $"disguise {command.Name}";
        if (parsed.UnmatchedTokens.Count > 0)
        {
            var token = parsed.UnmatchedTokens[0];
            var noun =
                command == root && !token.StartsWith('-') ? "verb"
                : token.StartsWith('-') ? "option"
                : "place for";
            return new ExperimentError(
                where,
                $"no {noun} {ExperimentError.Show(token)}"
                    + (noun == "place for" ? "" : $", did you mean {Nearest.To(token, names)}"),
                string.Join(", ", names)
            );
        }

        if (command == root)
            return new ExperimentError(where, "no verb", string.Join(", ", verbs));
        return new ExperimentError(
            where,
            parsed.Errors[0].Message.TrimEnd('.'),
            $"{command.Name} {string.Join(' ', command.Arguments.Select(a => a.Name))}, and "
                + string.Join(", ", names)
        );
    }
}
