import { adminFiles } from "./admin-files.ts";
import { publicServices, serviceQuality, stateReports } from "./administration.ts";
import { disasterLosses, hydroBulletins } from "./bulletins.ts";
import type { PlayedCity } from "./city.ts";
import { AnchorError } from "./city.ts";
import { digitalAccounts, digitalTargets, npdTransactions, telecom } from "./digital.ts";
import { notifiableDiseases } from "./diseases.ts";
import { bankAccounts, ecommerce, grdpAccounts, ictIndustry } from "./economy.ts";
import { examResults, schoolAttendance, schoolEnrolment } from "./education.ts";
import { airQualityDaily, bathingWater, surfaceWater } from "./environment.ts";
import { feedbackTickets, floodReports } from "./feedback.ts";
import { budgetRevenue, enterprises, publicInvestment } from "./finance.ts";
import { rainNowcast, weatherForecast } from "./forecasts.ts";
import { healthRecords, healthWorkforce, hospitalBeds, vaccination, vectorSurvey } from "./health.ts";
import { dataQuality, dataSharing, openDataCatalogue, portalUsage } from "./open-data.ts";
import { ingestLog, observedEvents, securityEvents } from "./operations.ts";
import type { PlayedDataset } from "./played.ts";
import { cityLoad, powerOutages, powerSales } from "./power.ts";
import { beachLog, crime, emergencyCalls, fireIncidents, fireInspections } from "./safety.ts";
import { cycloneTracks, fishingVessels } from "./storms.ts";
import { accommodation, tourismRevenue, visitorMarkets } from "./tourism.ts";
import { airport, busTrips, roadAccidents } from "./transport.ts";
import { buildingPermits, constructionInspections, landParcels, waste } from "./urban.ts";
import { drinkingWater, waterBalance, waterPlants } from "./water-supply.ts";

/** How each dataset is played, by its id; those that people ask for first come first. */
const players: Readonly<Record<string, (city: PlayedCity) => PlayedDataset>> = {
  "feedback-tickets": feedbackTickets,
  "admin-files": adminFiles,
  "public-services": publicServices,
  "power-outages": powerOutages,
  "city-load-hourly": cityLoad,
  "flood-reports": floodReports,
  "hydro-bulletins": hydroBulletins,
  "weather-forecast": weatherForecast,
  "rain-nowcast": rainNowcast,
  "tropical-cyclone-track": cycloneTracks,
  "emergency-calls-hourly": emergencyCalls,
  "fire-incidents": fireIncidents,
  "security-events": securityEvents,
  "ingest-log": ingestLog,
  "observed-events": observedEvents,
  "water-plant-daily": waterPlants,
  "water-balance-monthly": waterBalance,
  "drinking-water-samples": drinkingWater,
  "surface-water-samples": surfaceWater,
  "bathing-water-samples": bathingWater,
  "air-quality-daily": airQualityDaily,
  "waste-daily": waste,
  "power-consumption-monthly": powerSales,
  "bus-trips": busTrips,
  "road-accidents": roadAccidents,
  "airport-daily": airport,
  "beach-log": beachLog,
  "fishing-vessels-daily": fishingVessels,
  "disaster-losses": disasterLosses,
  "hospital-beds-daily": hospitalBeds,
  "notifiable-disease-weekly": notifiableDiseases,
  "vector-survey": vectorSurvey,
  "vaccination-coverage": vaccination,
  "ehr-registry-monthly": healthRecords,
  "health-workforce": healthWorkforce,
  "school-attendance-daily": schoolAttendance,
  "school-enrolment": schoolEnrolment,
  "exam-results": examResults,
  "accommodation-daily": accommodation,
  "tourism-revenue-monthly": tourismRevenue,
  "visitor-nationality-monthly": visitorMarkets,
  "ict-industry-quarterly": ictIndustry,
  "grdp-accounts": grdpAccounts,
  "ecommerce-quarterly": ecommerce,
  "bank-accounts-quarterly": bankAccounts,
  "enterprise-registry-monthly": enterprises,
  "budget-revenue-monthly": budgetRevenue,
  "public-investment-monthly": publicInvestment,
  "telecom-quarterly": telecom,
  "digital-accounts-monthly": digitalAccounts,
  "npd-transactions-monthly": npdTransactions,
  "digital-targets": digitalTargets,
  "state-reports-monthly": stateReports,
  "service-quality-monthly": serviceQuality,
  "open-data-catalogue": openDataCatalogue,
  "portal-usage-daily": portalUsage,
  "data-sharing-log": dataSharing,
  "data-quality-checks": dataQuality,
  "building-permits": buildingPermits,
  "construction-inspections": constructionInspections,
  "land-parcels-summary": landParcels,
  "crime-monthly": crime,
  "fire-inspections": fireInspections,
};

/**
 * The datasets of the pack that are sent by others and that the simulator can play. A dataset whose anchors do not fit is left
 * out and named in `problems`.
 */
export function playedDatasets(city: PlayedCity): { datasets: PlayedDataset[]; problems: string[] } {
  const datasets: PlayedDataset[] = [];
  const problems: string[] = [];
  for (const [id, play] of Object.entries(players)) {
    if (city.definition(id)?.origin !== "sent") continue;
    try {
      datasets.push(play(city));
    } catch (error) {
      if (!(error instanceof AnchorError)) throw error;
      problems.push(error.message);
    }
  }
  return { datasets, problems };
}
